package io.github.ticketsim.cli;

import io.github.ticketsim.stock.redis.RedisLogin;
import io.github.ticketsim.stock.redis.Tls;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a Redis lets us in. */
final class LoginOptions {
  static final List<String> NAMES =
      List.of("--password-file", "--tls-ca", "--tls-cert", "--tls-key", "--tls-name", "--insecure");

  private static final String ENVIRONMENT = "TICKET_SIM_REDIS_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = {
        "The password is the first line of that file. It wins over one in --redis.",
        "Environment, for a URI without one: " + ENVIRONMENT + "."
      })
  private @Nullable Path passwordFile;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description =
          "Speak TLS, and trust the servers whose certificates that CA has signed (PEM). Default:"
              + " those that Java trusts")
  private @Nullable Path authority;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Speak TLS, and show that certificate to servers that ask for one (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of --tls-cert, without a passphrase (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description =
          "Speak TLS, and expect that name in the servers' certificates. Default: the host")
  private @Nullable String name;

  @Option(
      names = "--insecure",
      description = "Speak TLS, and check no certificate; the report says so.")
  private boolean insecure;

  /** What they say, or a usage error. */
  RedisLogin login() {
    return new RedisLogin(
        tls(),
        Optional.ofNullable(passwordFile).map(LoginOptions::firstLine),
        Optional.ofNullable(System.getenv(ENVIRONMENT)).filter(word -> !word.isEmpty()));
  }

  private Optional<Tls> tls() {
    if (authority == null && certificate == null && key == null && name == null && !insecure) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Tls.of(
              Optional.ofNullable(authority),
              Optional.ofNullable(certificate),
              Optional.ofNullable(key),
              Optional.ofNullable(name),
              insecure));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String firstLine(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      var line = lines.readLine();
      if (line == null || line.isEmpty()) {
        throw new UsageException(
            "--password-file: the first line of %s is empty; write the password there"
                .formatted(file));
      }
      return line;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UsageException unreadable(Path file, IOException e) {
    return new UsageException(
        "--password-file: %s %s"
            .formatted(
                file,
                switch (e) {
                  case NoSuchFileException _ -> "does not exist";
                  case MalformedInputException _ -> "is no text in UTF-8";
                  default -> "cannot be read: " + e.getMessage();
                }),
        e);
  }
}
