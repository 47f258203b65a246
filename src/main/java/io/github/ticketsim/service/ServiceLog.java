package io.github.ticketsim.service;

import io.github.ticketsim.ledger.Run;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the totals of a service once a second while they change, and its errors. */
public final class ServiceLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceLog.class);

  private final Run run;
  private final Counts counts;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("service-log").factory());

  /** Of the last tick; touched by the ticks alone. */
  private String line;

  private long errors;

  public ServiceLog(TicketService service) {
    this.run = service.run();
    this.counts = service.counts();
    this.line = counts.line();
  }

  /**
   * Begins to log, with the stock and the address.
   *
   * @param how the stock came about, such as {@code preloaded}
   */
  public void start(String url, String how) {
    LOG.info("stock {}: {} in key '{}', sold with {}", how, run.stock(), run.key(), run.strategy());
    LOG.info("POST {}/buy sells, Ctrl-C stops and judges", url);
    var _ = ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    var now = counts.line();
    if (!now.equals(line)) {
      line = now;
      LOG.info("{}", now);
    }
    var failed = counts.errors();
    if (failed > errors) {
      LOG.error("{} purchases went wrong, the last one: {}", failed - errors, counts.lastError());
      errors = failed;
    }
  }

  /** Logs the last totals. */
  @Override
  public void close() {
    ticks.close();
    tick();
  }
}
