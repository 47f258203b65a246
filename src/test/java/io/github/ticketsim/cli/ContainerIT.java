package io.github.ticketsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ticketsim.Await;
import io.github.ticketsim.stock.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The three lines that a user types, against the Redis image of docker-compose.yml. */
@Timeout(300)
class ContainerIT {
  private static final int PORT = 6379;

  @BeforeAll
  static void requireDocker() {
    var available = DockerClientFactory.instance().isDockerAvailable();
    if (Boolean.parseBoolean(System.getenv("TICKET_SIM_REQUIRE_DOCKER"))) {
      assertThat(available).as("a Docker daemon answers").isTrue();
    }
    if (!available) {
      System.err.println("ContainerIT is skipped: no Docker daemon answers");
    }
    assumeTrue(available, "no Docker daemon answers");
  }

  @Test
  void sellsTheStockOfAContainerOnceAndOnlyOnce(@TempDir Path out)
      throws IOException, InterruptedException {
    try (var redis = redis()) {
      redis.start();
      var uri = "redis://%s:%d".formatted(redis.getHost(), redis.getMappedPort(PORT));

      CommandRun.of("preload", "--redis", uri, "--stock", "1000").assertQuiet(ExitCode.VALID);
      var storm = CommandRun.of(Storms.arguments(out, uri, "--threads=5000"));
      storm.assertQuiet(ExitCode.VALID);

      assertThat(CommandRun.of("report", "--out", out.toString())).isEqualTo(storm);
      assertThat(Storms.latest(out).attempts().count(Outcome.Kind.SOLD)).isEqualTo(1_000);
      var left = redis.execInContainer("redis-cli", "GET", "ticket:stock").getStdout();
      assertThat(left.strip()).isEqualTo("-4000");
    }
  }

  @Test
  void neverProvesASaleWhoseContainerWasKilledInTheMiddle(@TempDir Path out) throws Exception {
    try (var redis = redis()) {
      redis.start();
      var uri = "redis://%s:%d".formatted(redis.getHost(), redis.getMappedPort(PORT));
      var arguments =
          Storms.arguments(out, uri, "--stock=1000", "--duration=60s", "--timeout=500ms");
      var storm = CommandRun.inBackground(arguments);
      Await.until("everything is sold", () -> counter(redis).filter(left -> left < 0).isPresent());

      redis.getDockerClient().killContainerCmd(redis.getContainerId()).exec();

      assertThat(storm.join().status()).isEqualTo(ExitCode.UNKNOWN.status());
      assertThat(Storms.latest(out).ending().settlement().settled()).isFalse();
    }
  }

  private static Optional<Long> counter(GenericContainer<?> redis)
      throws IOException, InterruptedException {
    var left = redis.execInContainer("redis-cli", "GET", "ticket:stock").getStdout().strip();
    return left.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(left));
  }

  private static GenericContainer<?> redis() {
    var image =
        Optional.ofNullable(System.getenv("TICKET_SIM_REDIS_IMAGE")).orElse("redis:8.2-alpine");
    return new GenericContainer<>(DockerImageName.parse(image))
        .withExposedPorts(PORT)
        .waitingFor(Wait.forListeningPort());
  }
}
