package io.github.ticketsim.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerShareTest {

  private static void assertShare(int part, int parts, Map<String, String> environment) {
    var share = new SchedulerShare(environment);
    assertThat(share.part()).isEqualTo(part);
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

  @Test
  void swarmCountsFromOne() {
    assertShare(0, 2, Map.of("TICKET_SIM_TASK_SLOT", "1", "TICKET_SIM_PARTS", "2"));
  }

  @Test
  void whatIsMissingOrNoNumberIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of()).parts())
        .withMessageContaining("pass --parts N, or set TICKET_SIM_PARTS");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of("TICKET_SIM_TASK_SLOT", " ")).part())
        .withMessageContaining("pass --part I");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SchedulerShare(Map.of("JOB_COMPLETION_INDEX", "one")).part())
        .withMessage("JOB_COMPLETION_INDEX is 'one', expected a whole number");
  }
}
