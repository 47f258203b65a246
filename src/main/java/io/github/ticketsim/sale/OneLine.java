package io.github.ticketsim.sale;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** What others said, in a line of bounded length. */
public final class OneLine {
  private static final int MOST_CHARACTERS = 160;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  private OneLine() {}

  /** Why a file could not be read, to stand behind its name. */
  static String unreadable(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "cannot be read: permission denied";
      case CharacterCodingException _ -> "cannot be read: it is no text in UTF-8";
      default -> "cannot be read: " + clip(String.valueOf(cause.getMessage()));
    };
  }

  /** In one line, as long as an error may be. */
  public static String clip(String message) {
    return clip(message, MOST_CHARACTERS);
  }

  /** In one line, of at most so many characters, which any file can hold. */
  public static String clip(String message, int most) {
    var line = BLANKS.matcher(message.strip()).replaceAll(" ");
    var clipped =
        line.codePointCount(0, line.length()) <= most
            ? line
            : line.substring(0, line.offsetByCodePoints(0, most)) + "...";
    // Half a character, which JSON can escape, has no UTF-8 form.
    return new String(clipped.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
