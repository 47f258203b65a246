package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Attempts;
import io.github.ticketsim.ledger.Division;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.HistoryFile;
import io.github.ticketsim.ledger.PartClock;
import io.github.ticketsim.ledger.PartsReader;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.stock.Model;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/**
 * A sound sale that several parts storm, of which is known when everything truly happened. Their
 * clocks differ by up to a second and drift by up to 100 ppm; so does that of the Redis.
 */
final class SkewedStorm {
  static final int PARTS = 4;

  private static final int EACH = 40;
  private static final int STOCK = 60;
  private static final long BEGIN = 5_000_000_000L;
  private static final double MOST_DRIFT = 100e-6;

  /** What one buyer did, by the true time. */
  record Truth(int part, long call, long executed, long returned, long value) {
    Truth with(long other) {
      return new Truth(part, call, executed, returned, other);
    }
  }

  /** A clock that is wrong. */
  record Skewed(long ahead, double drift) {
    static Skewed any(Random random) {
      return new Skewed(
          random.nextLong(-1_000_000_000L, 1_000_000_000L),
          random.nextDouble(-MOST_DRIFT, MOST_DRIFT));
    }

    long shows(long trueNanos) {
      return trueNanos + ahead + Math.round(trueNanos * drift);
    }
  }

  private final Random random;
  private final Skewed redis;
  private final List<Skewed> clocks = new ArrayList<>();
  private final UUID run = UUID.randomUUID();
  private final long length;
  final List<PartClock> found = new ArrayList<>();

  SkewedStorm(long seed) {
    this.random = new Random(seed);
    this.redis = Skewed.any(random);
    this.length = random.nextLong(20_000_000, 3_000_000_000L);
    for (var part = 0; part < PARTS; part++) {
      clocks.add(Skewed.any(random));
      found.add(clock(clocks.get(part)));
    }
  }

  /** Reads the clock of the Redis as a part does, over a network that is often slow one way. */
  private PartClock clock(Skewed own) {
    var samples = new ClockSamples();
    var end = BEGIN + length + 300_000_000;
    for (var now = BEGIN - 1_000_000_000L; now < end; now += 10_000_000) {
      var there = now + latency();
      var back = there + latency();
      samples.add(own.shows(now), own.shows(back), micros(there));
    }
    return samples.clock(own.shows(BEGIN), redisMicros(BEGIN) * 1_000, own.shows(BEGIN + length));
  }

  private long micros(long trueNanos) {
    return redisMicros(trueNanos);
  }

  private long redisMicros(long trueNanos) {
    return Math.floorDiv(redis.shows(trueNanos), 1_000);
  }

  private long latency() {
    return random.nextLong(20_000, random.nextInt(10) == 0 ? 3_000_000 : 300_000);
  }

  /** What truly happened: each reply has the value that the counter fell to when it was made. */
  List<Truth> truth() {
    var made = new ArrayList<Truth>();
    for (var part = 0; part < PARTS; part++) {
      for (var i = 0; i < EACH; i++) {
        var call = BEGIN + random.nextLong(length);
        var executed = call + latency();
        made.add(new Truth(part, call, executed, executed + latency(), 0));
      }
    }
    made.sort(Comparator.comparingLong(Truth::executed));
    var left = STOCK;
    for (var i = 0; i < made.size(); i++) {
      left--;
      made.set(i, made.get(i).with(left));
    }
    return made;
  }

  /** The history of all parts, as each of them records it and all are read again. */
  History joined(Path folder, List<Truth> truth) throws Exception {
    var reader = new PartsReader();
    for (var part = 0; part < PARTS; part++) {
      var file = folder.resolve("part-" + part);
      HistoryFile.write(history(part, truth), file);
      reader.add(Files.newInputStream(file), file.toString());
    }
    return reader.joined();
  }

  private History history(int part, List<Truth> truth) {
    var clock = clocks.get(part);
    var zero = clock.shows(BEGIN);
    var attempts =
        truth.stream()
            .filter(each -> each.part() == part)
            .map(
                each ->
                    Attempt.of(
                        UUID.randomUUID(),
                        0,
                        part,
                        OptionalLong.empty(),
                        clock.shows(each.call()) - zero,
                        OptionalLong.of(clock.shows(each.returned()) - zero),
                        each.value() >= 0
                            ? new Outcome.Sold(OptionalLong.of(each.value()))
                            : new Outcome.SoldOut(OptionalLong.of(each.value()))))
            .toList();
    var line =
        Run.of(run, Instant.EPOCH, "decr", Model.COUNTER, "key", STOCK, PARTS, Optional.empty())
            .divided(
                new Division.OnePart(
                    part,
                    PARTS,
                    OptionalLong.of(EACH),
                    OptionalLong.of(PARTS * EACH),
                    found.get(part)));
    return History.of(
        line,
        Attempts.of(attempts),
        new Ending(Settlement.settled(STOCK - (long) PARTS * EACH), Ending.StopReason.NONE));
  }

  /** By how much the clock of a part is truly wrong about a moment. */
  long error(int part, long trueNanos) {
    var clock = clocks.get(part);
    var shown = found.get(part).common(clock.shows(trueNanos) - clock.shows(BEGIN));
    return Math.abs(shown - (redis.shows(trueNanos) - redisMicros(BEGIN) * 1_000));
  }

  long end() {
    return BEGIN + length;
  }

  long begin() {
    return BEGIN;
  }
}
