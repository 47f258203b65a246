package io.github.ticketsim.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisServer;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.verify.Judgement.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service from its preload to its saved history, called without HTTP. */
@Timeout(120)
class ServiceRunnerIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ClientLimits LIMITS =
      new ClientLimits(10, 1_000, TIMEOUT, TIMEOUT, 1_000, 100);

  @TempDir private Path folder;
  @AutoClose private final RedisServer redis = RedisServer.own();
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

  /** Serves as long as {@code customers} are at it. */
  private FinishedRun serve(long stock, boolean listening, Consumer<TicketService> customers)
      throws Exception {
    var archive =
        new RunArchive(
            folder, /* gzip= */ false, Optional.empty(), InstantSource.system(), problems::add);
    var setting =
        new ServiceRunner.Setting(
            LIMITS,
            /* room= */ 10_000,
            OptionalLong.of(stock),
            RedisStrategy.DECR,
            "ticket:stock",
            TIMEOUT,
            /* turns= */ 8,
            redis.endpoint(),
            archive);
    var started = new AtomicReference<TicketService>();
    try (var control = RedisControl.connect(redis.endpoint(), TIMEOUT)) {
      return new ServiceRunner(
              setting,
              control,
              service -> {
                started.set(service);
                return new Calls(listening);
              },
              interrupt -> {
                customers.accept(started.get());
                if (listening) {
                  interrupt.run();
                }
              })
          .run();
    }
  }

  /** Nothing listens: the test calls the service itself. */
  private record Calls(boolean isListening) implements Listener {
    @Override
    public String url() {
      return "the test";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static void buy(TicketService service, int customers) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < customers; i++) {
        var _ = threads.submit(() -> service.buy(Optional.empty()));
      }
    }
  }

  @Test
  void sellsAndSavesAndProvesIt() throws Exception {
    var finished = serve(20, /* listening= */ true, service -> buy(service, 50));

    var report = finished.report();
    assertThat(finished.saved()).isTrue();
    assertThat(report.verdict().result()).isEqualTo(Result.VALID);
    assertThat(report.count(Outcome.Kind.SOLD)).isEqualTo(20);
    assertThat(report.count(Outcome.Kind.SOLD_OUT)).isEqualTo(30);
    assertThat(Path.of(report.saved().orElseThrow()).resolve("history.ndjson")).isRegularFile();
  }

  @Test
  void judgesWhatItDidWhileItSells() throws Exception {
    var verdicts = new ArrayList<Result>();
    var finished =
        serve(
            20,
            /* listening= */ true,
            service -> {
              buy(service, 30);
              try {
                verdicts.add(service.judge().verdict().result());
              } catch (BusyException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
              buy(service, 1);
            });

    assertThat(verdicts).containsExactly(Result.VALID);
    assertThat(finished.report().history().attempts().size()).isEqualTo(31);
  }

  @Test
  void oneKeyBuysOnce() throws Exception {
    var answers = new ArrayList<Answer>();
    var finished =
        serve(
            1,
            /* listening= */ true,
            service -> {
              answers.add(service.buy(Optional.of("key")));
              answers.add(service.buy(Optional.of("key")));
            });

    assertThat(answers.getFirst()).isInstanceOf(Answer.Decided.class).isEqualTo(answers.getLast());
    assertThat(finished.report().history().attempts().size()).isEqualTo(1);
  }

  @Test
  void whoCannotBeReachedAnyMoreEndsByItselfAndIsNotSavedWhole() throws Exception {
    var finished = serve(1, /* listening= */ false, service -> buy(service, 2));

    assertThat(finished.saved()).isFalse();
    assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("nobody can connect"));
    assertThat(finished.report().verdict().result()).isEqualTo(Result.VALID);
  }
}
