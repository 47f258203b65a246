package io.github.ticketsim.cli;

import io.github.ticketsim.http.TicketServer;
import io.github.ticketsim.process.Carriers;
import io.github.ticketsim.process.Interrupts;
import io.github.ticketsim.process.Stderr;
import io.github.ticketsim.report.file.FileUnavailableException;
import io.github.ticketsim.service.AddressUnavailableException;
import io.github.ticketsim.service.OtherSaleException;
import io.github.ticketsim.service.ServiceRunner;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.StormClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description =
        "Sells over HTTP (POST /buy) until Ctrl-C, then judges what it did and shows the proof."
            + " Exits with the verdict.")
final class ServeCommand implements Callable<Integer> {

  /** How slf4j-simple is told; it looks when the first logger is made. */
  private static final String LOGGER = "org.slf4j.simpleLogger.";

  private static final String LOOPBACK = "127.0.0.1";

  @Spec private CommandSpec spec;

  @Option(
      names = "--stock",
      paramLabel = "N",
      description = "Preload this many tickets first. Default: sell what the key holds")
  private @Nullable Count stock;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "decr",
      description = "How to buy: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private RedisStrategy strategy;

  @Mixin private ServeOptions serve;

  @Option(names = "--verbose", description = "Log every purchase.")
  private boolean verbose;

  @Mixin private RedisOptions redis;
  @Mixin private OutputOptions output;
  @Mixin private FileOptions files;
  @Mixin private ArchiveOptions archive;

  @Override
  public Integer call()
      throws AddressUnavailableException,
          FileUnavailableException,
          OtherSaleException,
          InterruptedException {
    files.require();
    if (archive.records()) {
      // The thread that writes the records needs a core of its own.
      Carriers.spareOne();
    }
    var limits = serve.limits();
    var room = serve.recordRoom(limits);
    var browsers = serve.browsers();
    var key = redis.key();
    System.setProperty(LOGGER + "showDateTime", "true");
    System.setProperty(LOGGER + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    if (verbose) {
      System.setProperty(LOGGER + "log.io.github.ticketsim", "debug");
    }
    // Before the stock is touched.
    TicketServer.requireFree(serve.host(), serve.port());
    try (var interrupts = new Interrupts(ExitCode.INTERRUPTED.status());
        var access = redis.open();
        var control = access.control(key, redis.timeout())) {
      access
          .checkSale(List.of(strategy), key, stock != null, /* replicas= */ 0, redis.timeout())
          .ifPresent(doubt -> Stderr.say(spec.commandLine().getErr(), "warning: " + doubt));
      var runs = archive.archive(output);
      try (var saving = runs.begin(strategy.wireName())) {
        var setting =
            new ServiceRunner.Setting(
                access,
                limits,
                room,
                stock == null ? OptionalLong.empty() : OptionalLong.of(stock.value()),
                strategy,
                key,
                redis.timeout(),
                serve.pool(),
                runs.records(),
                saving.path(),
                runs.problems());
        var nanos = StormClock.system().nanos();
        var runner =
            new ServiceRunner(
                setting,
                control,
                service ->
                    TicketServer.start(
                        serve.host(), serve.port(), service, browsers, limits, nanos),
                serve.cold()
                    ? Optional.empty()
                    : Optional.of(
                        service ->
                            TicketServer.start(LOOPBACK, 0, service, browsers, limits, nanos)),
                interrupts::onFirst);
        var finished = saving.finished(runner.run(saving::save));
        output.format().print(finished.report(), spec);
        finished.whyAllFailed().ifPresent(why -> Stderr.say(spec.commandLine().getErr(), why));
        return ExitCode.of(files.keep(List.of(finished))).status();
      }
    }
  }
}
