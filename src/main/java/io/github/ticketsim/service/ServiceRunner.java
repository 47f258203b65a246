package io.github.ticketsim.service;

import io.github.ticketsim.ledger.MemoryRecords;
import io.github.ticketsim.ledger.Records;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.ledger.sql.RecordsUrl;
import io.github.ticketsim.ledger.sql.SaleClaim;
import io.github.ticketsim.ledger.sql.SqlRecords;
import io.github.ticketsim.run.BuildVersion;
import io.github.ticketsim.run.RedisAccess;
import io.github.ticketsim.run.RunResult;
import io.github.ticketsim.stock.JitWarmable;
import io.github.ticketsim.stock.ObservableStock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.PurchaseIds;
import io.github.ticketsim.storm.StormClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs one service from its preload to its result. */
public final class ServiceRunner {

  /** How often it looks whether it can be reached. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many timeouts a purchase may take at Redis: strategies ask more than once. */
  private static final int STOCK_TIMEOUTS = 5;

  /**
   * How to serve.
   *
   * @param redis where it sells
   * @param room for records, in attempts
   * @param stock to preload; empty to sell what the key holds
   * @param timeout for connecting to Redis and for each of its replies
   * @param turns purchases at Redis at once
   * @param records the database, if one is to have them
   * @param saved the path of the history in the end
   * @param problems is told what goes wrong, in one line each
   */
  public record Setting(
      RedisAccess redis,
      ClientLimits limits,
      int room,
      OptionalLong stock,
      RedisStrategy strategy,
      String key,
      Duration timeout,
      int turns,
      Optional<RecordsUrl> records,
      Path saved,
      Consumer<String> problems) {

    /** To Redis: shared where the strategy lets purchases share them, else one for each turn. */
    int connections() {
      return strategy.pipelines() ? Math.min(PipelinedStock.USUAL_CONNECTIONS, turns) : turns;
    }
  }

  private final Setting setting;
  private final RedisControl control;
  private final Listener.Starter listening;
  private final Optional<Listener.Starter> rehearsing;
  private final Consumer<Runnable> onInterrupt;
  private final StormClock clock = StormClock.system();

  /** Whether it ended for no wish of the user's. */
  private boolean unreachable;

  /**
   * @param listening where customers connect
   * @param rehearsing where only this machine can connect; empty to begin cold
   * @param onInterrupt runs what it is given when the user first asks to end
   */
  public ServiceRunner(
      Setting setting,
      RedisControl control,
      Listener.Starter listening,
      Optional<Listener.Starter> rehearsing,
      Consumer<Runnable> onInterrupt) {
    this.setting = setting;
    this.control = control;
    this.listening = listening;
    this.rehearsing = rehearsing;
    this.onInterrupt = onInterrupt;
  }

  /**
   * Serves until the first interrupt, or until nobody can connect any more.
   *
   * @param ended takes what came of it, before anything else can go wrong
   * @return whether it ended as the user wished, and the records have all of it
   */
  public boolean run(Consumer<RunResult> ended)
      throws AddressUnavailableException, OtherSaleException, InterruptedException {
    var records = setting.records();
    var recorded = records.isPresent() ? runOn(records.get(), ended) : runInMemory(ended);
    return recorded && !unreachable;
  }

  private boolean runInMemory(Consumer<RunResult> ended)
      throws AddressUnavailableException, InterruptedException {
    try (var records = new MemoryRecords(setting.room())) {
      var end = serve(begun(), records, howStocked());
      ended.accept(RunResult.of(end.history()));
      return true;
    }
  }

  private boolean runOn(RecordsUrl url, Consumer<RunResult> ended)
      throws AddressUnavailableException, OtherSaleException, InterruptedException {
    // First: what the records say of the sale holds only as long as nobody else sells.
    try (var claim = SaleClaim.of(url, setting.key())) {
      var sale = claim.sale();
      if (sale.isEmpty()) {
        return run(url, claim.begin(begun(), setting.room()), howStocked(), ended);
      }
      requireSame(sale.get().run());
      var how = restocked(sale.get());
      return run(url, claim.carryOn(sale.get(), setting.room()), how, ended);
    }
  }

  private boolean run(RecordsUrl url, SqlRecords opened, String how, Consumer<RunResult> ended)
      throws AddressUnavailableException, InterruptedException {
    try (var records = opened) {
      var end = serve(records.run(), records, how);
      ended.accept(RunResult.of(end.history()));
      var problem = problem(records, end);
      problem.ifPresent(
          words ->
              warn(
                  "--records: %s; when that is mended, `ticket-sim report '%s?run=%s'` judges what is recorded"
                      .formatted(words, url.label(), records.run().id())));
      return problem.isEmpty();
    }
  }

  /** What went wrong with the records in the end: the first that did. */
  private static Optional<String> problem(SqlRecords records, ServiceEnd end) {
    var unread =
        end.unread()
            .map(
                why ->
                    "the report takes each of %,d attempts for one of unknown fate, as they cannot be read: %s"
                        .formatted(end.history().attempts().size(), why));
    try {
      records.end(end.history().run().buyers(), end.ending());
      return unread;
    } catch (RecordsException e) {
      return unread.or(() -> Optional.of("the end of the sale is not written: " + e.getMessage()));
    }
  }

  private void requireSame(Run run) throws OtherSaleException {
    if (!run.strategy().equals(setting.strategy().wireName())) {
      throw new OtherSaleException("--strategy", setting.strategy().wireName(), run.strategy());
    }
    if (setting.stock().isPresent() && setting.stock().getAsLong() != run.stock()) {
      throw new OtherSaleException("--stock", setting.stock().getAsLong(), run.stock());
    }
  }

  /**
   * A sale that goes on is not preloaded again. Only where Redis has lost it, and was to have it,
   * it gets what the records leave.
   */
  private String restocked(SaleClaim.OpenSale sale) {
    var held = control.left(setting.strategy(), setting.key());
    // A list without tokens does not exist; whether it was sold out or lost, the records know.
    var lost = held.orElse(0) == 0 && (held.isEmpty() || setting.strategy() == RedisStrategy.LIST);
    if (lost && setting.stock().isPresent()) {
      control.preload(setting.strategy(), setting.key(), sale.left());
      return "restored to " + sale.left() + " from the records";
    }
    var left = control.requireStock(setting.strategy(), setting.key());
    return "of a sale that goes on at " + left;
  }

  private String howStocked() {
    return setting.stock().isPresent() ? "preloaded" : "found";
  }

  /** A new sale. */
  private Run begun() {
    setting.stock().ifPresent(stock -> control.preload(setting.strategy(), setting.key(), stock));
    return head(control.requireStock(setting.strategy(), setting.key()));
  }

  private ServiceEnd serve(Run run, Records records, String how)
      throws AddressUnavailableException, InterruptedException {
    try (var stock = open("ticket-sim-" + run.id())) {
      var config =
          new ServiceConfig(
              run,
              stock,
              setting.turns(),
              records,
              setting.saved(),
              clock.nanos(),
              clock.wall(),
              PurchaseIds.random()::next);
      if (rehearsing.isPresent() && stock instanceof JitWarmable warmable) {
        new ServiceWarmUp(config, setting.limits(), rehearsing.get()).of(warmable);
      }
      var service = new TicketService(config, setting.limits());
      serveUntilInterrupted(service, how);
      return service.end();
    }
  }

  private ObservableStock open(String clientName) {
    var to = setting.redis().route(setting.key(), setting.timeout());
    var config = new RedisStockConfig(setting.strategy(), setting.key(), setting.timeout());
    return setting.strategy().pipelines()
        ? PipelinedStock.open(to, to, config, setting.connections(), clientName, clock.nanos())
        : RedisStock.open(to, to, config, setting.connections(), clientName, clock.nanos());
  }

  private void serveUntilInterrupted(TicketService service, String how)
      throws AddressUnavailableException, InterruptedException {
    var interrupted = new CountDownLatch(1);
    try (var log = new ServiceLog(service);
        var listener = listening.start(service)) {
      log.start(listener.url(), how);
      onInterrupt.accept(
          () -> {
            warn(
                "interrupted: what is under way is answered, then comes the report; a second"
                    + " Ctrl-C quits at once");
            interrupted.countDown();
          });
      while (!interrupted.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
        if (!listener.isListening()) {
          warn(
              "%s: nobody can connect any more (are there too many open files?); what is under way"
                      .formatted(listener.url())
                  + " is answered, then comes the report");
          unreachable = true;
          break;
        }
      }
      if (!service.close(setting.timeout().multipliedBy(STOCK_TIMEOUTS))) {
        warn("purchases are still under way and are cut off");
      }
    }
  }

  private Run head(long left) {
    return Run.of(
        PurchaseIds.random().next(clock.wall().millis()),
        clock.wall().instant().truncatedTo(ChronoUnit.MILLIS),
        setting.strategy().wireName(),
        setting.strategy().model(),
        setting.key(),
        left,
        0,
        Optional.of(
            new Run.Setup(
                BuildVersion.number(),
                control.server() + setting.redis().words(),
                RunResult.SERVICE_LOAD + (setting.strategy().pipelines() ? ", pipelined" : ""),
                setting.connections(),
                setting.timeout().toMillis(),
                OptionalLong.empty(),
                /* sameRequest= */ false)));
  }

  private void warn(String message) {
    setting.problems().accept(message);
  }
}
