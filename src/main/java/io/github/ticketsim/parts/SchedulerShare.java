package io.github.ticketsim.parts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part a scheduler says this process is: an Indexed Job of Kubernetes, an array of Slurm, or
 * a replicated job of Docker Swarm.
 *
 * @param environment of this process
 */
public record SchedulerShare(Map<String, String> environment) {
  private static final String PARTS = "TICKET_SIM_PARTS";
  private static final String INDEX = "JOB_COMPLETION_INDEX";
  private static final String SLOT = "TICKET_SIM_TASK_SLOT";
  private static final String TASK = "SLURM_ARRAY_TASK_ID";
  private static final String FIRST_TASK = "SLURM_ARRAY_TASK_MIN";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern NODE = Pattern.compile("(?=.*[a-z])[a-z0-9]{25}");
  private static final String TASKS = "SLURM_ARRAY_TASK_COUNT";

  /**
   * How many parts there are.
   *
   * @throws IllegalArgumentException if nothing says so
   */
  public int parts() {
    return number(PARTS)
        .or(() -> number(TASKS))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "how many parts there are is not known; pass --parts N, or set " + PARTS));
  }

  /**
   * Which part this is.
   *
   * @param parts how many there are
   * @throws IllegalArgumentException if nothing says so
   */
  public int part(int parts) {
    return number(INDEX)
        .or(() -> number(TASK).map(task -> task - number(FIRST_TASK).orElse(0)))
        .or(() -> slot(parts))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "which part this is is not known; pass --part I, or let "
                        + String.join(", ", List.of(INDEX, TASK))
                        + " or "
                        + SLOT
                        + " say so"));
  }

  /**
   * The slots of a replicated job begin with 0, but Docker writes the id of the node in its place.
   * Those of a service begin with 1: there the last one is part 0.
   */
  private Optional<Integer> slot(int parts) {
    return NODE.matcher(environment.getOrDefault(SLOT, "").strip()).matches()
        ? Optional.of(0)
        : number(SLOT).map(slot -> slot == parts ? 0 : slot);
  }

  private Optional<Integer> number(String name) {
    var text = environment.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    if (!NUMBER.matcher(text.strip()).matches()) {
      throw new IllegalArgumentException(
          "%s is '%s', expected a whole number".formatted(name, text));
    }
    return Optional.of(Integer.parseInt(text.strip()));
  }
}
