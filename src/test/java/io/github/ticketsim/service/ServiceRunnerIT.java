package io.github.ticketsim.service;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.report.FinishedRun;
import io.github.ticketsim.report.RunArchive;
import io.github.ticketsim.run.RedisAccess;
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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    try (var saving = archive.begin("decr");
        var control = RedisControl.connect(redis.endpoint(), TIMEOUT)) {
      var setting =
          new ServiceRunner.Setting(
              RedisAccess.to(redis.endpoint()),
              LIMITS,
              /* room= */ 10_000,
              OptionalLong.of(stock),
              RedisStrategy.DECR,
              "ticket:stock",
              TIMEOUT,
              /* turns= */ 8,
              Optional.empty(),
              saving.path(),
              problems::add);
      var started = new AtomicReference<TicketService>();
      var runner =
          new ServiceRunner(
              setting,
              control,
              service -> {
                started.set(service);
                return new Calls(listening);
              },
              Optional.empty(),
              interrupt -> {
                customers.accept(started.get());
                if (listening) {
                  interrupt.run();
                }
              });
      return saving.finished(runner.run(saving::save));
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

  /** Buys for all customers at once; none may wait without an end, or get no answer. */
  private static List<Answer> buy(TicketService service, int customers) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      Callable<Answer> purchase = () -> service.buy(Optional.empty());
      return threads.invokeAll(nCopies(customers, purchase), 60, TimeUnit.SECONDS).stream()
          .map(Future::resultNow)
          .toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
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
    var judged = new ArrayList<Integer>();
    var finished =
        serve(
            20,
            /* listening= */ true,
            service -> {
              buy(service, 30);
              try {
                var result = service.judge();
                verdicts.add(result.verdict().result());
                judged.add(result.history().attempts().size());
              } catch (BusyException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
              assertThat(buy(service, 1))
                  .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Decided.class));
            });

    assertThat(verdicts).containsExactly(Result.VALID);
    assertThat(judged).containsExactly(30);
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
