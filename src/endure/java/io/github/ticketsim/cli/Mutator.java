package io.github.ticketsim.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Changes bytes, lines and fields of histories at random. */
final class Mutator {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(\"[^\"]*\"|[-\\w.]+)");
  private static final List<String> VALUES =
      List.of(
          "0 1 -1 2147483647 2147483648 -2147483649 9223372036854775807 -9223372036854775808"
              .concat(" 9223372036854775808 1e400 1.5 00 null true [] {} [[[[[[]]]]]] \"\" \"x\"")
              .concat(" \"\\u0000\" \"\\ud800\" \"sold\" \"sold-out\" \"failed\" \"limited\"")
              .concat(" \"indeterminate\" \"counter\" \"tally\" \"bounded\" NaN")
              .split(" "));

  private final List<String> histories;
  private final Random random;

  Mutator(List<String> histories, Random random) {
    this.histories = histories;
    this.random = random;
  }

  /** One of the histories with one or two changes; of some, a gzip'd one. */
  byte[] next() throws IOException {
    var text = any(histories);
    for (var changes = 1 + random.nextInt(2); changes > 0; changes--) {
      text = random.nextInt(4) == 0 ? withLines(text) : withField(text);
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(8) == 0) {
      bytes = gzip(bytes);
    }
    return random.nextInt(8) == 0 ? withBytes(bytes) : bytes;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private String withLines(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    var at = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
      case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
      case 3 -> lines.add(at, any(any(histories).lines().toList()));
      default -> lines.subList(at, lines.size()).clear();
    }
    return String.join("\n", lines) + "\n";
  }

  private String withField(String text) {
    var fields = FIELD.matcher(text).results().toList();
    if (fields.isEmpty()) {
      return text;
    }
    var field = any(fields);
    var others = fields.stream().filter(f -> f.group(1).equals(field.group(1))).toList();
    var replacement =
        switch (random.nextInt(10)) {
          case 0 -> "";
          case 1 -> field.group() + "," + any(fields).group();
          case 2 -> any(fields).group();
          case 3 -> "\"%s\":%s".formatted(field.group(1), any(VALUES));
          default -> any(others).group();
        };
    return text.substring(0, field.start()) + replacement + text.substring(field.end());
  }

  private byte[] withBytes(byte[] bytes) {
    var changed = bytes.clone();
    for (var changes = 1 + random.nextInt(3); changes > 0 && changed.length > 0; changes--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
