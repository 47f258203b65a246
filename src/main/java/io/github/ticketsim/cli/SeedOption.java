package io.github.ticketsim.cli;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that repeats what is left to chance. */
final class SeedOption {

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats what is left to chance. Default: random, and shown in the report")
  private @Nullable Long seed;

  /** No greater, so that people can copy it. */
  private final long random = new Random().nextInt(Integer.MAX_VALUE);

  long value() {
    return Objects.requireNonNullElse(seed, random);
  }
}
