package io.github.ticketsim.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerShareTest {

  private static void assertShare(int part, int parts, Map<String, String> environment) {
    var share = new SchedulerShare(environment);
    assertThat(share.part(parts)).isEqualTo(part);
    assertThat(share.parts()).isEqualTo(parts);
  }

  @Test
  void kubernetesCountsFromZero() {
    assertShare(3, 4, Map.of("JOB_COMPLETION_INDEX", "3", "TICKET_SIM_PARTS", "4"));
  }

  @Test
  void slurmCountsFromWhereTheArrayBegins() {
    assertShare(0, 4, Map.of("SLURM_ARRAY_TASK_ID", "0", "SLURM_ARRAY_TASK_COUNT", "4"));
    assertShare(
        1,
        4,
        Map.of(
            "SLURM_ARRAY_TASK_ID", "6",
            "SLURM_ARRAY_TASK_MIN", "5",
            "SLURM_ARRAY_TASK_COUNT", "4"));
  }

  private static void assertSlot(int part, String slot) {
    assertShare(part, 3, Map.of("TICKET_SIM_TASK_SLOT", slot, "TICKET_SIM_PARTS", "3"));
  }

  @Test
  void aJobOfSwarmHasTheIdOfTheNodeInThePlaceOfSlot0() {
    assertSlot(0, "nlxxq6rt53ec126gflpkltoyl");
    assertSlot(0, "0");
    assertSlot(1, "1");
    assertSlot(2, "2");
  }

  @Test
  void aServiceOfSwarmCountsFromOne() {
    assertSlot(1, "1");
    assertSlot(2, "2");
    assertSlot(0, "3");
  }

  @Test
  void whatIsMissingOrNoNumberIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of()).parts())
        .withMessageContaining("pass --parts N, or set TICKET_SIM_PARTS");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of("TICKET_SIM_TASK_SLOT", " ")).part(4))
        .withMessageContaining("pass --part I");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of("JOB_COMPLETION_INDEX", "one")).part(4))
        .withMessage("JOB_COMPLETION_INDEX is 'one', expected a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of("JOB_COMPLETION_INDEX", "٣")).part(4))
        .withMessage("JOB_COMPLETION_INDEX is '٣', expected a whole number");
  }
}
