package io.github.ticketsim.stock.http;

import io.github.ticketsim.sale.Values;
import io.github.ticketsim.stock.PurchaseRequest;
import io.github.ticketsim.stock.StockUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Asks for each customer what has to be asked ahead of the storm, such as a login. */
public final class Preparation {
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final String CURE = "check before of the sale file";

  private final int from;
  private final int to;
  private final int atOnce;
  private final Duration timeout;
  private final LongSupplier nanoClock;

  /**
   * @param from the first customer
   * @param to behind the last one
   * @param atOnce how many connections
   * @param timeout for connecting, and for each reply
   */
  public Preparation(int from, int to, int atOnce, Duration timeout, LongSupplier nanoClock) {
    this.from = from;
    this.to = to;
    this.atOnce = Math.min(atOnce, to - from);
    this.timeout = timeout;
    this.nanoClock = nanoClock;
  }

  /**
   * The values that {@code steps} leave, with those that they have; one step after the other, each
   * for all customers.
   *
   * @throws StockUnavailableException if a step is not answered as it should be
   * @throws InterruptedException if this thread is interrupted
   */
  public Values values(List<HttpStep> steps, Values values) throws InterruptedException {
    var all = values;
    for (var step : steps) {
      all = all.with(kept(step, all));
    }
    return all;
  }

  private Map<String, List<String>> kept(HttpStep step, Values values) throws InterruptedException {
    var request = step.request().request(values);
    var columns = new HashMap<String, String[]>();
    step.keep().keySet().forEach(name -> columns.put(name, unknown()));
    var next = new AtomicInteger(from);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers =
          IntStream.range(0, atOnce)
              .<Future<?>>mapToObj(_ -> threads.submit(() -> work(step, request, columns, next)))
              .toList();
      for (var worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StockUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("a step ahead of the storm broke down", e);
    }
    var kept = new HashMap<String, List<String>>();
    columns.forEach((name, column) -> kept.put(name, Arrays.asList(column)));
    return kept;
  }

  /** Of customers that are none of ours nothing is known, nor needed. */
  private String[] unknown() {
    var column = new String[to];
    Arrays.fill(column, "");
    return column;
  }

  private void work(
      HttpStep step, HttpRequest request, Map<String, String[]> columns, AtomicInteger next) {
    try (var inquiry = new Inquiry(step.request().address(), timeout, nanoClock, CURE)) {
      for (var customer = next.getAndIncrement();
          customer < to;
          customer = next.getAndIncrement()) {
        var reply = inquiry.reply(request, PurchaseRequest.of(customer, 0), "");
        if (reply.status() < OK || reply.status() >= REDIRECTION) {
          throw inquiry.unavailable(
              "customer %d is answered %d".formatted(customer, reply.status()));
        }
        for (var kept : step.keep().entrySet()) {
          var value = reply.values().get(kept.getValue());
          if (value == null) {
            throw inquiry.unavailable(
                "customer %d is answered without a value at %s for %s%s"
                    .formatted(customer, kept.getValue(), kept.getKey(), reply.excuse()));
          }
          Objects.requireNonNull(columns.get(kept.getKey()))[customer] = value;
        }
      }
    } finally {
      // After a failure the others need not go on.
      next.set(to);
    }
  }
}
