package io.github.ticketsim.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the parts of a storm must have in common, a line an option. Files stand there by a digest of
 * what is in them, and so does what may hold a secret.
 */
public final class CommonTerms {
  private static final Set<String> FILES = Set.of("--sale", "--script", "--data");
  private static final Set<String> SHOWN =
      Set.of(
          "--parts",
          "--stock",
          "--strategy",
          "--threads",
          "--purchases",
          "--duration",
          "--rate",
          "--arrivals",
          "--ramp",
          "--warm-up",
          "--customers",
          "--limit",
          "--items",
          "--quantity",
          "--retry",
          "--seed",
          "--key",
          "--pipeline",
          "--wait-replicas");
  private static final int DIGITS = 12;

  private CommonTerms() {}

  /**
   * Writes them down.
   *
   * @param given the values of options by name
   */
  public static String of(Map<String, String> given) {
    return new TreeMap<>(given)
        .entrySet().stream()
            .map(option -> option.getKey() + " " + value(option.getKey(), option.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String value(String option, String value) {
    if (SHOWN.contains(option)) {
      return value;
    }
    return "(digest " + digest(FILES.contains(option) ? content(value) : bytes(value)) + ")";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** That it cannot be read is found out, and said, by what needs it. */
  private static byte[] content(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException _) {
      return bytes(file);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
