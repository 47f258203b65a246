package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.Injection;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.RedisEndpoint;
import io.github.ticketsim.stock.redis.RedisStock;
import io.github.ticketsim.stock.redis.RedisStockConfig;
import io.github.ticketsim.stock.redis.RedisStrategy;
import io.github.ticketsim.storm.JitWarmUp;
import io.github.ticketsim.storm.Load;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stock in a Redis key.
 *
 * @param selling how it is bought
 * @param redis where it is sold
 * @param key that holds the stock
 * @param stock to preload; empty to sell what the key holds
 * @param connections of all buyers together
 * @param pipeline whether buyers share the connections
 * @param timeout for connecting, and for each reply
 * @param replicas that must have a purchase before it counts
 * @param faults to put into the storm
 */
public record RedisTarget(
    RedisStrategy selling,
    RedisAccess redis,
    String key,
    OptionalLong stock,
    int connections,
    boolean pipeline,
    Duration timeout,
    int replicas,
    FaultPlan faults)
    implements Target {

  @Override
  public String strategy() {
    return selling.wireName();
  }

  @Override
  public Recorded storm(StormPlan plan, StormClock clock, RunListener listener)
      throws InterruptedException {
    // A new connection each time: the storm before may have brought faults upon the server.
    try (var control = RedisControl.connect(redis.now(), timeout)) {
      listener.reached();
      stock.ifPresent(tickets -> control.preload(selling, key, tickets));
      var left = control.requireStock(selling, key);
      redis.ours().ifPresent(Deployment::awaitInStep);
      if (faults.faults().isEmpty()) {
        return storm(plan, clock, listener, control, left, redis.now(), Optional.empty());
      }
      try (var injection = Injection.into(faults, redis.now(), redis.ours(), clock.nanos())) {
        return storm(
            plan, clock, listener, control, left, injection.faulty(), Optional.of(injection));
      }
    }
  }

  private Recorded storm(
      StormPlan plan,
      StormClock clock,
      RunListener listener,
      RedisControl control,
      long left,
      RedisEndpoint endpoint,
      Optional<Injection> injection)
      throws InterruptedException {
    // Asked beforehand: the storm may be the end of this connection.
    var server = control.server();
    var id = Recording.newId(clock);
    var plain = injection.map(Injection::plain).orElse(endpoint);
    try (var opened = open(endpoint, plain, "ticket-sim-" + id, clock)) {
      if (injection.isEmpty()) {
        new JitWarmUp(plan, clock).of(opened);
      }
      var before = control.commands();
      var recording = new Recording(id, plan, opened, clock, listener);
      var storm = recording.storm();
      injection.ifPresent(struck -> struck.begin(new StormCourse(storm, mostInFlight())));
      var result = recording.watched(storm);
      var struck =
          injection.isPresent() ? injection.get().end(result.startNanos()) : List.<Fault>of();
      var setup = Optional.of(setup(server, plan.load()));
      return new Recorded(
          recording.history(result, !selling.sound(), key, left, setup, struck),
          commandsSince(control, before));
    }
  }

  private Stock open(
      RedisEndpoint endpoint, RedisEndpoint control, String clientName, StormClock clock) {
    var config = new RedisStockConfig(selling, key, timeout, replicas);
    return pipeline
        ? PipelinedStock.open(endpoint, control, config, connections, clientName, clock.nanos())
        : RedisStock.open(endpoint, control, config, connections, clientName, clock.nanos());
  }

  private int mostInFlight() {
    return connections * (pipeline ? PipelinedStock.MOST_IN_FLIGHT_EACH : 1);
  }

  private Run.Setup setup(String server, Load load) {
    return new Run.Setup(
        BuildVersion.number(),
        server + redis.ours().map(Deployment::words).orElse(""),
        LoadText.of(load) + confirmed() + (pipeline ? ", pipelined" : ""),
        connections,
        timeout.toMillis(),
        faults.faults().isEmpty() ? LoadText.seed(load) : OptionalLong.of(faults.seed()),
        /* sameRequest= */ false);
  }

  private String confirmed() {
    return replicas == 0
        ? ""
        : ", confirmed by " + replicas + (replicas == 1 ? " replica" : " replicas");
  }

  /** Nothing if Redis does not tell, or has been restarted and counts anew. */
  private static OptionalLong commandsSince(RedisControl control, OptionalLong before) {
    var after = before.isPresent() ? control.commands() : OptionalLong.empty();
    return after.isPresent() && after.getAsLong() >= before.getAsLong()
        ? OptionalLong.of(after.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }
}
