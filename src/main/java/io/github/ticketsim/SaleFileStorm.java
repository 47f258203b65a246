package io.github.ticketsim;

import io.github.ticketsim.run.SaleFilePlan;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A storm that a sale file describes. Immutable: each method that sets something returns another
 * storm.
 */
public final class SaleFileStorm {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);

  private final Path file;
  private final Duration timeout;
  private final long seed;
  private final Path folder;

  private SaleFileStorm(Path file, Duration timeout, long seed, Path folder) {
    this.file = file;
    this.timeout = timeout;
    this.seed = seed;
    this.folder = folder;
  }

  SaleFileStorm(Path file) {
    this(file, USUAL_TIMEOUT, 0, Runs.USUAL_FOLDER);
  }

  /**
   * The same with another timeout.
   *
   * @param length for connecting, and for each reply; 2 s if not set
   * @throws IllegalArgumentException if it is not positive
   */
  public SaleFileStorm timeout(Duration length) {
    if (!length.isPositive()) {
      throw new IllegalArgumentException(
          "timeout: %s, expected a positive duration".formatted(length));
    }
    return new SaleFileStorm(file, length, seed, folder);
  }

  /**
   * The same with another order of items, and other quantities and retries.
   *
   * @param value the same draws the same; 0 if not set
   */
  public SaleFileStorm seed(long value) {
    return new SaleFileStorm(file, timeout, value, folder);
  }

  /**
   * The same, saved elsewhere.
   *
   * @param path the folder in which runs are saved; {@code target/ticket-sim-runs} if not set
   */
  public SaleFileStorm out(Path path) {
    return new SaleFileStorm(file, timeout, seed, path);
  }

  /**
   * Reads the file, storms its target, judges, and saves the run in a folder of its own.
   *
   * @throws TicketStormException if the file is wrong, the shop cannot be reached, the run cannot
   *     be saved, or a library that the file needs is missing; then nothing was bought
   * @throws InterruptedException if this thread is interrupted
   */
  public Report run() throws InterruptedException {
    var plan = new SaleFilePlan(file, timeout, seed);
    try {
      return new Runs(folder).report(plan::storm);
    } catch (NoClassDefFoundError e) {
      throw MissingLibrary.of(e)
          .map(library -> new TicketStormException(file + ": " + library.words(), e))
          .orElseThrow(() -> e);
    }
  }
}
