package io.github.ticketsim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ticketsim.fault.FaultSpec.Moment;
import io.github.ticketsim.fault.FaultSpec.Scope;
import io.github.ticketsim.redis.Takeover;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultSpecsTest {

  static Stream<Arguments> faults() {
    var second = Duration.ofSeconds(1);
    return Stream.of(
        Arguments.of(
            "drop-reply:1%", new FaultSpec.DropReply("drop-reply:1%", new Scope.Share(0.01))),
        Arguments.of("reset:100%", new FaultSpec.Reset("reset:100%", new Scope.Share(1))),
        Arguments.of(
            "cut-request:#17", new FaultSpec.CutRequest("cut-request:#17", new Scope.Nth(17))),
        Arguments.of(
            "delay:0.5%:1s", new FaultSpec.Delay("delay:0.5%:1s", new Scope.Share(0.005), second)),
        Arguments.of(
            "delay:#1:0.5s",
            new FaultSpec.Delay("delay:#1:0.5s", new Scope.Nth(1), Duration.ofMillis(500))),
        Arguments.of("kill@50%", new FaultSpec.Kill("kill@50%", new Moment.AtShare(0.5))),
        Arguments.of("kill@0%", new FaultSpec.Kill("kill@0%", new Moment.AtShare(0))),
        Arguments.of(
            "pause@1s:1s", new FaultSpec.Pause("pause@1s:1s", new Moment.After(second), second)),
        Arguments.of(
            "power-loss@1s", new FaultSpec.PowerLoss("power-loss@1s", new Moment.After(second))),
        Arguments.of(
            "failover@99.5%",
            new FaultSpec.Failover("failover@99.5%", new Moment.AtShare(0.995), Takeover.COMMAND)),
        Arguments.of(
            "failover:force@1s",
            new FaultSpec.Failover("failover:force@1s", new Moment.After(second), Takeover.FORCE)),
        Arguments.of(
            "failover:kill@0%",
            new FaultSpec.Failover("failover:kill@0%", new Moment.AtShare(0), Takeover.KILL)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void readsAFault(String text, FaultSpec fault) {
    assertThat(FaultSpecs.parse(text)).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "flood@50%",
        "kill",
        "kill:50%",
        "kill:kill@50%",
        "failover:kill:50%",
        "failover:slow@50%",
        "kill@",
        "kill@soon",
        "kill@50",
        "kill@#3",
        "kill@100%",
        "kill@50%:1s",
        "pause@50%",
        "drop-reply@1%",
        "drop-reply:0%",
        "drop-reply:101%",
        "drop-reply:-1%",
        "drop-reply:#0",
        "drop-reply:1%:1s",
        "delay:1%",
        "delay:1%:soon",
        "delay:1%:250us",
        "delay:1%:1s:1s"
      })
  void refusesWhatIsNoFault(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultSpecs.parse(text))
        .withMessageStartingWith("'" + text + "' ");
  }
}
