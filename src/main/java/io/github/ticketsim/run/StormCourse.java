package io.github.ticketsim.run;

import io.github.ticketsim.fault.StormProgress;
import io.github.ticketsim.storm.Storm;
import java.time.Duration;

/**
 * How far a storm has come, for the faults that wait for it.
 *
 * @param mostInFlight how many attempts can be at the server at once
 */
record StormCourse(Storm storm, int mostInFlight) implements StormProgress {

  @Override
  public double share() {
    return storm.share();
  }

  @Override
  public Duration elapsed() {
    return storm.elapsed();
  }

  @Override
  public long replies() {
    return storm.progress().replies();
  }

  @Override
  public boolean over() {
    return storm.over();
  }
}
