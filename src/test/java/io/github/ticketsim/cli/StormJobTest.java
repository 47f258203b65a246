package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.github.ticketsim.parts.SchedulerShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Job of the manual is one that Kubernetes takes, and its parts are those of a storm. */
class StormJobTest {
  private static final Path FILE = Path.of("src/main/kubernetes/storm-job.yaml");

  /** The classes keep fields that they do not know; nothing may be such a field. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated setter) {
                  return false;
                }
              });

  private static Job job(String yaml) {
    return STRICT.convertValue(
        new Load(LoadSettings.builder().build()).loadFromString(yaml), Job.class);
  }

  private static String yaml() throws IOException {
    return Files.readString(FILE);
  }

  @Test
  void kubernetesKnowsAllItsFields() throws Exception {
    var job = job(yaml());

    assertThat(job.getApiVersion() + " " + job.getKind()).isEqualTo("batch/v1 Job");
    assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
    // Kubernetes takes a policy for failures only with that.
    assertThat(job.getSpec().getPodFailurePolicy().getRules()).hasSize(1);
    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsNoticed() throws Exception {
    var yaml = yaml();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> job(yaml.replace("parallelism:", "paralelism:")))
        .withMessageContaining("paralelism");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> job(yaml.replace("whenUnsatisfiable:", "ifUnsatisfiable:")))
        .withMessageContaining("ifUnsatisfiable");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> job(yaml.replace("completions: 4", "completions: four")))
        .withMessageContaining("four");
  }

  @Test
  void itsPodsAreThePartsOfOneStorm() throws Exception {
    var spec = job(yaml()).getSpec();
    var container = spec.getTemplate().getSpec().getContainers().getFirst();
    var environment =
        container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

    assertThat(new SchedulerShare(environment).parts()).isEqualTo(spec.getCompletions());
    assertThat(spec.getParallelism()).isEqualTo(spec.getCompletions());
    assertThat(container.getName())
        .isEqualTo(
            spec.getPodFailurePolicy().getRules().getFirst().getOnExitCodes().getContainerName());
    var given =
        TicketSim.commandLine().parseArgs(container.getArgs().toArray(String[]::new)).subcommand();
    assertThat(given.commandSpec().name()).isEqualTo("storm");
    assertThat(given.matchedOption("--upload").stringValues())
        .isEqualTo(given.matchedOption("--rendezvous").stringValues());
  }
}
