package io.github.ticketsim.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.fault.FaultSpec.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultSelectorTest {
  private static final int COMMANDS = 10_000;

  private static List<Long> hits(FaultSelector selector, FaultSpec fault) {
    return LongStream.range(0, COMMANDS)
        .mapToObj(_ -> selector.next())
        .filter(command -> command.fault().isPresent() && command.fault().get().equals(fault))
        .map(FaultSelector.Command::number)
        .toList();
  }

  private static FaultSpec.OnTheWire drop(double share) {
    return new FaultSpec.DropReply("drop", new Scope.Share(share));
  }

  @Test
  void theSameSeedHitsTheSameCommands() {
    var fault = drop(0.01);
    assertThat(hits(new FaultSelector(List.of(fault), 42), fault))
        .isEqualTo(hits(new FaultSelector(List.of(fault), 42), fault))
        .isNotEqualTo(hits(new FaultSelector(List.of(fault), 43), fault));
  }

  @Test
  void aShareOfTheCommandsIsHit() {
    var fault = drop(0.1);
    assertThat(hits(new FaultSelector(List.of(fault), 1), fault)).hasSizeBetween(800, 1_200);
    assertThat(hits(new FaultSelector(List.of(drop(1)), 1), drop(1))).hasSize(COMMANDS);
  }

  @Test
  void oneCommandIsHitByItsNumber() {
    var fault = new FaultSpec.Reset("reset:#17", new Scope.Nth(17));
    assertThat(hits(new FaultSelector(List.of(fault), 1), fault)).containsExactly(17L);
  }

  @Test
  void otherFaultsDoNotChangeWhichCommandsAFaultHits() {
    var fault = drop(0.01);
    var other = new FaultSpec.Delay("delay:50%:1ms", new Scope.Share(0.5), Duration.ofMillis(1));
    assertThat(hits(new FaultSelector(List.of(fault, other), 7), fault))
        .isEqualTo(hits(new FaultSelector(List.of(fault), 7), fault));
  }

  @Test
  void ofSeveralTheOneNamedFirstHits() {
    var first = new FaultSpec.Reset("reset:#3", new Scope.Nth(3));
    var second = new FaultSpec.CutRequest("cut-request:#3", new Scope.Nth(3));
    assertThat(hits(new FaultSelector(List.of(first, second), 1), first)).containsExactly(3L);
    assertThat(hits(new FaultSelector(List.of(first, second), 1), second)).isEmpty();
  }
}
