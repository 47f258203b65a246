package io.github.ticketsim.sale;

import io.github.ticketsim.stock.PurchaseRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Templates whose values are at hand: an array of parts, each of which writes its bytes where they
 * are wanted. What can be escaped ahead of the storm is.
 */
public final class Text {
  private static final int UUID_LENGTH = 36;

  private final Piece[] parts;

  private Text(List<Piece> parts) {
    this.parts = parts.toArray(Piece[]::new);
  }

  /** Whether it is the same for every purchase and so can be written once for all. */
  public boolean fixed() {
    for (var part : parts) {
      if (!(part instanceof Fixed)) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing in it differs from buyer to buyer. */
  public boolean sameForAllBuyers() {
    for (var part : parts) {
      if (!(part instanceof Fixed || part == PurchaseNumber.ATTEMPT)) {
        return false;
      }
    }
    return true;
  }

  /**
   * How many bytes {@link #write} writes.
   *
   * @param order the shop's id of the order; empty if there is none yet
   */
  public int length(PurchaseRequest purchase, String order) {
    var length = 0;
    for (var part : parts) {
      length += part.length(purchase, order);
    }
    return length;
  }

  /** Writes its bytes from {@code at} on, and returns the end of them. */
  public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
    var end = at;
    for (var part : parts) {
      end = part.write(purchase, order, into, end);
    }
    return end;
  }

  /** How many digits {@code number} has, which is not negative. */
  public static int digits(long number) {
    var digits = 1;
    for (var rest = number; rest > 9; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Writes {@code number}, which is not negative, and returns the end of it. */
  public static int write(long number, byte[] into, int at) {
    var end = at + digits(number);
    var rest = number;
    for (var i = end - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  /** A piece of a text. */
  private sealed interface Piece {
    int length(PurchaseRequest purchase, String order);

    int write(PurchaseRequest purchase, String order, byte[] into, int at);
  }

  /** Always the same. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Fixed(byte[] bytes) implements Piece {
    @Override
    public int length(PurchaseRequest purchase, String order) {
      return bytes.length;
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      return copy(bytes, into, at);
    }
  }

  /** A number of the purchase. */
  private enum PurchaseNumber implements Piece {
    BUYER {
      @Override
      long of(PurchaseRequest purchase) {
        return purchase.buyer();
      }
    },
    CUSTOMER {
      @Override
      long of(PurchaseRequest purchase) {
        return purchase.customer();
      }
    },
    QUANTITY {
      @Override
      long of(PurchaseRequest purchase) {
        return purchase.quantity();
      }
    },
    ATTEMPT {
      @Override
      long of(PurchaseRequest purchase) {
        return purchase.attempt();
      }
    };

    abstract long of(PurchaseRequest purchase);

    @Override
    public int length(PurchaseRequest purchase, String order) {
      return digits(of(purchase));
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      return Text.write(of(purchase), into, at);
    }
  }

  /** The id of the purchase. */
  private record Id() implements Piece {
    @Override
    public int length(PurchaseRequest purchase, String order) {
      return UUID_LENGTH;
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      var high = purchase.id().getMostSignificantBits();
      var low = purchase.id().getLeastSignificantBits();
      var end = hex(high >>> 32, 8, into, at);
      into[end++] = '-';
      end = hex(high >>> 16, 4, into, end);
      into[end++] = '-';
      end = hex(high, 4, into, end);
      into[end++] = '-';
      end = hex(low >>> 48, 4, into, end);
      into[end++] = '-';
      return hex(low, 12, into, end);
    }

    private static int hex(long bits, int digits, byte[] into, int at) {
      for (var i = 0; i < digits; i++) {
        into[at + i] = (byte) Character.forDigit((int) (bits >>> (4 * (digits - 1 - i))) & 15, 16);
      }
      return at + digits;
    }
  }

  /** One text for each customer. */
  private record ByCustomer(List<byte[]> texts) implements Piece {
    @Override
    public int length(PurchaseRequest purchase, String order) {
      return texts.get(purchase.customer()).length;
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      return copy(texts.get(purchase.customer()), into, at);
    }
  }

  /** One text for each item. */
  private record ByItem(List<byte[]> texts) implements Piece {
    @Override
    public int length(PurchaseRequest purchase, String order) {
      return texts.get(purchase.item()).length;
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      return copy(texts.get(purchase.item()), into, at);
    }
  }

  /** What the shop called the order. */
  private record OrderId(Place place) implements Piece {
    @Override
    public int length(PurchaseRequest purchase, String order) {
      return place.encode(order).length;
    }

    @Override
    public int write(PurchaseRequest purchase, String order, byte[] into, int at) {
      return copy(place.encode(order), into, at);
    }
  }

  private static int copy(byte[] bytes, byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, bytes.length);
    return at + bytes.length;
  }

  /** Puts a text together. */
  public static final class Builder {
    private final Values values;
    private final List<Piece> parts = new ArrayList<>();
    private final ByteArrayOutputStream literal = new ByteArrayOutputStream();

    /**
     * @param values that templates refer to
     */
    public Builder(Values values) {
      this.values = values;
    }

    /** Adds {@code text} as it is. */
    public Builder literal(String text) {
      literal.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /**
     * Adds a template with its values.
     *
     * @throws IllegalArgumentException if a value is unknown, or cannot stand there
     */
    public Builder template(Template template, Place place) {
      for (var part : template.parts()) {
        switch (part) {
          case Template.Literal(var text) -> literal(text);
          case Template.Value(var name) -> value(name, place);
        }
      }
      return this;
    }

    private void value(String name, Place place) {
      var constant = values.constant().get(name);
      if (constant != null) {
        literal(Long.toString(constant));
        return;
      }
      switch (name) {
        case Values.STOCK -> literal(Long.toString(values.stock()));
        case Values.BUYER -> add(PurchaseNumber.BUYER);
        case Values.CUSTOMER -> add(PurchaseNumber.CUSTOMER);
        case Values.QUANTITY -> add(PurchaseNumber.QUANTITY);
        case Values.ATTEMPT -> add(PurchaseNumber.ATTEMPT);
        case Values.PURCHASE -> add(new Id());
        case Values.ORDER -> add(new OrderId(place));
        case Values.ITEM -> {
          var texts = encoded(name, values.items(), place);
          if (texts.size() == 1) {
            literal.writeBytes(texts.getFirst());
          } else {
            add(new ByItem(texts));
          }
        }
        default -> {
          var column = values.columns().get(name);
          if (column == null) {
            throw new IllegalArgumentException("{{" + name + "}} is no known value");
          }
          add(new ByCustomer(encoded(name, column, place)));
        }
      }
    }

    private static List<byte[]> encoded(String name, List<String> column, Place place) {
      var texts = new ArrayList<byte[]>(column.size());
      for (var value : column) {
        try {
          texts.add(place.encode(value));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "{{%s}} of row %d %s".formatted(name, texts.size(), e.getMessage()), e);
        }
      }
      return texts;
    }

    private void add(Piece part) {
      endLiteral();
      parts.add(part);
    }

    private void endLiteral() {
      if (literal.size() > 0) {
        parts.add(new Fixed(literal.toByteArray()));
        literal.reset();
      }
    }

    /** The text. */
    public Text build() {
      endLiteral();
      return new Text(parts);
    }
  }
}
