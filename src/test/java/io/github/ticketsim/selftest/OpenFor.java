package io.github.ticketsim.selftest;

/** A course that closes after so many steps. */
final class OpenFor implements Course {
  private int steps;

  OpenFor(int steps) {
    this.steps = steps;
  }

  @Override
  public boolean open() {
    return steps > 0;
  }

  @Override
  public void advance() {
    steps--;
  }
}
