package io.github.ticketsim.parts;

import io.github.ticketsim.ledger.PartClock;
import io.github.ticketsim.stock.StockUnavailableException;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormShare;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** This part of a storm among the others, from when it joins them until it needs them no more. */
public final class Gathering implements Companions {
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Meeting meeting;
  private final StormClock clock;
  private final BooleanSupplier interrupted;
  private final UUID run;
  private final Heartbeat heart;

  private Gathering(
      Meeting meeting, StormClock clock, BooleanSupplier interrupted, UUID run, Heartbeat heart) {
    this.meeting = meeting;
    this.clock = clock;
    this.interrupted = interrupted;
    this.run = run;
    this.heart = heart;
  }

  /**
   * Joins the others.
   *
   * @param candidate the id of the run, if this part is the first to come
   * @param interrupted whether the user has asked to end
   * @throws StockUnavailableException if the Redis cannot be reached, or a storm is under way there
   * @throws OtherTermsException if another part has other terms
   */
  public static Gathering join(
      Meeting meeting, UUID candidate, StormClock clock, BooleanSupplier interrupted) {
    var heart = Heartbeat.connect(meeting, clock);
    try {
      var reply = heart.join(candidate);
      return switch (reply.getFirst()) {
        case "joined" -> {
          heart.start();
          yield new Gathering(meeting, clock, interrupted, UUID.fromString(reply.get(1)), heart);
        }
        case "differs" ->
            throw OtherTermsException.of(meeting, reply.get(1), reply.get(2), reply.get(3));
        default ->
            throw new StockUnavailableException(
                meeting.redis().label(),
                "a storm that met here is under way",
                "wait for its end, or choose another database for --rendezvous");
      };
    } catch (StockUnavailableException | OtherTermsException e) {
      heart.close();
      throw e;
    }
  }

  @Override
  public StormShare share() {
    return meeting.share();
  }

  @Override
  public Optional<UUID> run() {
    return Optional.of(run);
  }

  @Override
  public void awaitSetUp() throws InterruptedException {
    if (first()) {
      return;
    }
    await(view -> view.has(0, PartState.SET_UP), () -> !interrupted.getAsBoolean());
    if (interrupted.getAsBoolean()) {
      throw new InterruptedException("the user has asked to end");
    }
  }

  @Override
  public void setUp() {
    if (first()) {
      heart.reached(PartState.SET_UP);
    }
  }

  @Override
  public void awaitStart(BooleanSupplier open) throws InterruptedException {
    heart.reached(PartState.READY);
    await(PartsView::started, open);
    for (var ahead = heart.startNanos() - clock.nanos().getAsLong();
        ahead > 0 && open.getAsBoolean() && heart.view().started();
        ahead = heart.startNanos() - clock.nanos().getAsLong()) {
      LockSupport.parkNanos(Math.min(ahead, SHORT_NANOS));
    }
  }

  @Override
  public Optional<String> awaitOthers() throws InterruptedException {
    if (!first()) {
      return Optional.empty();
    }
    heart.reached(PartState.ENDED);
    return awaited(PartState.ENDED)
        .map(late -> late + " had not ended when what is left was read; see how it went there");
  }

  @Override
  public Optional<String> awaitOver() throws InterruptedException {
    return awaited(PartState.OVER);
  }

  private Optional<String> awaited(PartState state) throws InterruptedException {
    var deadline = deadline();
    // Ours is not among them: it gets so far only afterwards.
    while (!othersReached(state)
        && clock.nanos().getAsLong() - deadline < 0
        && !interrupted.getAsBoolean()) {
      heart.awaitNews();
    }
    var late = heart.view().othersWithout(state, share().part());
    return late.isEmpty() ? Optional.empty() : Optional.of(late);
  }

  private boolean othersReached(PartState state) {
    return heart.view().othersHaveOrAreSilent(state, share().part());
  }

  @Override
  public void ended() {
    heart.reached(PartState.ENDED);
    heart.awaitSent();
  }

  @Override
  public PartClock clock(long startNanos) {
    return heart.clock(startNanos);
  }

  private long deadline() {
    return clock.nanos().getAsLong() + meeting.most().toNanos();
  }

  /** Waits before the start; {@code open} says that there is still a reason to. */
  private void await(Predicate<PartsView> there, BooleanSupplier open) throws InterruptedException {
    var deadline = deadline();
    while (!there.test(heart.view())) {
      requireOurs();
      if (!open.getAsBoolean()) {
        return;
      }
      if (clock.nanos().getAsLong() - deadline > 0) {
        throw new StockUnavailableException(
            meeting.redis().label(),
            heart.problem().orElse(heart.view().waitedFor()) + " within " + words(meeting.most()),
            "see why, or raise --rendezvous-timeout");
      }
      heart.awaitNews();
    }
    requireOurs();
  }

  private void requireOurs() {
    var status = heart.view().status();
    if (status.equals("other")) {
      throw new StockUnavailableException(
          meeting.redis().label(),
          "another process is part %d too".formatted(share().part()),
          "start each part once");
    }
    if (status.equals("gone")) {
      throw new StockUnavailableException(
          meeting.redis().label(),
          "nothing is known there of the parts that had come",
          "start all parts again, and leave the keys of ticket-sim alone meanwhile");
    }
  }

  private static String words(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  /** Leaves, or lets the others know that this part needs them no more. */
  @Override
  public void close() {
    heart.reached(PartState.OVER);
    heart.close();
  }
}
