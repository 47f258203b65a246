package io.github.ticketsim.fault;

import io.github.ticketsim.fault.FaultSpec.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Numbers the commands of a storm and decides which of them are hit. The same seed hits the same
 * numbers; which buyer's command gets which number is for the storm to decide.
 */
final class FaultSelector {
  private final List<SeededFault> faults;
  private long commands;

  /** A fault with a random generator of its own, so that faults do not influence each other. */
  private record SeededFault(FaultSpec.OnTheWire fault, RandomGenerator random) {

    boolean hits(long command) {
      return switch (fault.scope()) {
        // Drawn for every command, so that the draw depends on its number alone.
        case Scope.Share(var share) -> random.nextDouble() < share;
        case Scope.Nth(var number) -> number == command;
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

  FaultSelector(List<FaultSpec.OnTheWire> faults, long seed) {
    this.faults =
        IntStream.range(0, faults.size())
            .mapToObj(i -> new SeededFault(faults.get(i), new Random(seed + i)))
            .toList();
  }

  /** Takes the next number. */
  synchronized Command next() {
    var number = ++commands;
    Optional<FaultSpec.OnTheWire> hit = Optional.empty();
    for (var seeded : faults) {
      if (seeded.hits(number) && hit.isEmpty()) {
        hit = Optional.of(seeded.fault());
      }
    }
    return new Command(number, hit);
  }
}
