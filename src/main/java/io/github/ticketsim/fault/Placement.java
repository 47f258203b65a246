package io.github.ticketsim.fault;

import io.github.ticketsim.fault.FaultSpec.Target;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Numbers the commands of a storm and decides which of them are hit. The same seed hits the same
 * numbers; which buyer's command gets which number is for the storm to decide.
 */
final class Placement {
  private final List<Aimed> faults;
  private long commands;

  /** A fault with a source of chance of its own, so that faults do not disturb each other. */
  private record Aimed(FaultSpec.OnTheWire fault, RandomGenerator random) {

    boolean hits(long command) {
      return switch (fault.target()) {
        // Drawn for every command, so that the draw depends on its number alone.
        case Target.Share(var share) -> random.nextDouble() < share;
        case Target.Nth(var number) -> number == command;
      };
    }
  }

  /**
   * A command and what is to become of it.
   *
   * @param number counted from 1
   * @param fault that hits it; of several, the one named first
   */
  record Command(long number, Optional<FaultSpec.OnTheWire> fault) {}

  Placement(List<FaultSpec.OnTheWire> faults, long seed) {
    this.faults =
        IntStream.range(0, faults.size())
            .mapToObj(i -> new Aimed(faults.get(i), new Random(seed + i)))
            .toList();
  }

  /** Takes the next number. */
  synchronized Command next() {
    var number = ++commands;
    Optional<FaultSpec.OnTheWire> hit = Optional.empty();
    for (var aimed : faults) {
      if (aimed.hits(number) && hit.isEmpty()) {
        hit = Optional.of(aimed.fault());
      }
    }
    return new Command(number, hit);
  }
}
