package io.github.ticketsim.run;

import io.github.ticketsim.fault.FaultPlan;
import io.github.ticketsim.fault.Injection;
import io.github.ticketsim.ledger.Fault;
import io.github.ticketsim.ledger.History;
import io.github.ticketsim.ledger.Run;
import io.github.ticketsim.parts.Companions;
import io.github.ticketsim.redis.Deployment;
import io.github.ticketsim.run.Target.Recorded;
import io.github.ticketsim.stock.Stock;
import io.github.ticketsim.stock.redis.PipelinedStock;
import io.github.ticketsim.stock.redis.RedisControl;
import io.github.ticketsim.stock.redis.Shards;
import io.github.ticketsim.storm.JitWarmUp;
import io.github.ticketsim.storm.LoadText;
import io.github.ticketsim.storm.StormClock;
import io.github.ticketsim.storm.StormPlan;
import io.github.ticketsim.storm.StormResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The course of a storm on a Redis, whatever is sold there.
 *
 * @param redis where it is sold
 * @param ways to the servers that sell
 * @param connections of all buyers together
 * @param pipeline whether buyers share the connections
 * @param timeout for connecting, and for each reply
 * @param replicas that must have a purchase before it counts
 * @param faults to put into the storm
 */
record RedisCourse(
    RedisAccess redis,
    Supplier<Shards> ways,
    int connections,
    boolean pipeline,
    Duration timeout,
    int replicas,
    FaultPlan faults) {

  /** What is sold, once there is something to sell. */
  interface Seller {
    /**
     * Opens the stock.
     *
     * @param plain the same, without injected faults
     */
    Stock open(Shards shards, Shards plain, String clientName, StormClock clock);

    /** Whether the request of a purchase is the same for all buyers. */
    boolean sameRequest();

    /**
     * What came of it.
     *
     * @param plain the ways to the servers that sell now
     */
    History history(
        Recording recording, StormResult result, Run.Setup setup, List<Fault> faults, Shards plain);
  }

  /**
   * Storms what is sold.
   *
   * @param preparing makes sure that there is something to sell
   * @throws InterruptedException if this thread is interrupted
   */
  Recorded storm(
      StormPlan plan,
      StormClock clock,
      RunListener listener,
      Companions companions,
      Function<RedisControl, Seller> preparing)
      throws InterruptedException {
    // A new connection each time: the storm before may have brought faults upon the server.
    var shards = ways.get();
    try (var control = shards.control(timeout)) {
      listener.reached();
      companions.awaitSetUp();
      var seller = preparing.apply(control);
      companions.setUp();
      redis.ours().ifPresent(Deployment::awaitInStep);
      if (faults.faults().isEmpty()) {
        return storm(plan, clock, listener, companions, control, seller, shards, Optional.empty());
      }
      try (var injection = Injection.into(faults, shards, redis.ours(), clock.nanos())) {
        return storm(
            plan,
            clock,
            listener,
            companions,
            control,
            seller,
            injection.faulty(),
            Optional.of(injection));
      }
    }
  }

  private Recorded storm(
      StormPlan plan,
      StormClock clock,
      RunListener listener,
      Companions companions,
      RedisControl control,
      Seller seller,
      Shards shards,
      Optional<Injection> injection)
      throws InterruptedException {
    // Asked beforehand: the storm may be the end of this connection.
    var server = control.server();
    var id = Recording.id(companions, clock);
    var plain = injection.map(Injection::plain).orElse(shards);
    try (var opened =
        seller.open(shards, plain, Recording.clientName(id, companions.share()), clock)) {
      if (injection.isEmpty()) {
        new JitWarmUp(plan, clock).of(opened);
      }
      var before = control.commands();
      var recording = new Recording(id, plan, opened, clock, listener, companions);
      var storm = recording.storm();
      injection.ifPresent(struck -> struck.begin(new StormCourse(storm, mostInFlight())));
      var result = recording.watched(storm);
      var struck =
          injection.isPresent() ? injection.get().end(result.startNanos()) : List.<Fault>of();
      // Of several servers each tells of itself alone.
      var commands = plain.served() > 1 ? OptionalLong.empty() : commandsSince(control, before);
      var setup = setup(server, plan, seller.sameRequest());
      var history = seller.history(recording, result, setup, struck, plain);
      companions.ended();
      return new Recorded(history, commands);
    }
  }

  private int mostInFlight() {
    return connections * (pipeline ? PipelinedStock.MOST_IN_FLIGHT_EACH : 1);
  }

  private Run.Setup setup(String server, StormPlan plan, boolean sameRequest) {
    var drawn =
        plan.purchases().drawn()
            ? OptionalLong.of(plan.purchases().seed())
            : LoadText.seed(plan.load());
    return new Run.Setup(
        BuildVersion.number(),
        server + redis.words(),
        LoadText.of(plan.load())
            + plan.purchases().retryWords()
            + confirmed()
            + (pipeline ? ", pipelined" : ""),
        connections,
        timeout.toMillis(),
        faults.faults().isEmpty() ? drawn : OptionalLong.of(faults.seed()),
        sameRequest);
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
