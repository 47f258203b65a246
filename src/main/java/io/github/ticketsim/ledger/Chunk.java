package io.github.ticketsim.ledger;

import io.github.ticketsim.stock.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of attempts, one array a field. Each slot is written once, by one thread, unless
 * {@link Ledger#replace} writes it again after all.
 */
final class Chunk {
  /**
   * Keeps every array below half of G1's smallest region, 1 MiB: a greater one gets regions of its
   * own, and wastes what it does not fill of them.
   */
  static final int SLOT_BITS = 15;

  static final int SLOTS = 1 << SLOT_BITS;

  /** What every attempt has. */
  static final int PLAIN_BYTES_EACH = 6 * Long.BYTES + Integer.BYTES + Short.BYTES;

  /** The same with the time that was intended. */
  static final int BYTES_EACH = PLAIN_BYTES_EACH + Long.BYTES;

  /** In a UUID v7 the upper 48 bits are epoch milliseconds (RFC 9562, section 5.7). */
  private static final int ID_TIMESTAMP_SHIFT = 16;

  static final int VALUE = 1 << 3;
  static final int RETURN = 1 << 4;
  static final int POOL_WAIT = 1 << 5;
  static final int INTENDED = 1 << 6;
  private static final int WRITTEN = 1 << 7;
  private static final int OWN_TIMESTAMP = 1 << 8;
  private static final int KIND_MASK = 0b111;
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  final long[] idHighs;
  final long[] idLows;
  final long[] poolWaits;
  final long[] calls;
  final long[] returns;
  final long[] values;
  final int[] buyers;
  private final short[] states;

  private final ErrorTexts texts;
  private final Names names;

  /** Made only when the first error comes, since most chunks hold none. */
  private volatile @Nullable AtomicReferenceArray<String> errors;

  /** For open loads. */
  private final RareColumn intended;

  /** For ids that do not carry the timestamp themselves. */
  private final RareColumn timestamps;

  /** Numbers of names. */
  private final RareColumn customers;

  private final RareColumn items;

  private final RareColumn keys;

  /** 0 for one ticket. */
  private final RareColumn quantities;

  private final RareColumn orders;

  /** A chunk of {@link #SLOTS}, or of fewer if it is the last of a sequence. */
  Chunk(int slots, ErrorTexts texts, Names names) {
    this(slots, slots, texts, names);
  }

  private Chunk(int slots, int others, ErrorTexts texts, Names names) {
    this.texts = texts;
    this.names = names;
    idHighs = new long[others];
    idLows = new long[others];
    poolWaits = new long[others];
    calls = new long[slots];
    returns = new long[slots];
    values = new long[slots];
    buyers = new int[others];
    states = new short[slots];
    intended = new RareColumn(slots);
    timestamps = new RareColumn(slots);
    customers = new RareColumn(slots);
    items = new RareColumn(slots);
    keys = new RareColumn(slots);
    quantities = new RareColumn(slots);
    orders = new RareColumn(slots);
  }

  /** A chunk for what {@link #copy} copies; it has room for nothing else. */
  static Chunk ofJudged(int slots) {
    return new Chunk(slots, 0, new ErrorTexts(), new Names());
  }

  /** Copies how an attempt ended, when, with which value, and how many tickets it asked for. */
  void copy(int slot, Chunk from, int fromSlot) {
    calls[slot] = from.calls[fromSlot];
    returns[slot] = from.returns[fromSlot];
    values[slot] = from.values[fromSlot];
    states[slot] = from.states[fromSlot];
    if (from.quantity(fromSlot) > 1) {
      quantities.set(slot, from.quantity(fromSlot));
    }
  }

  static int slot(int index) {
    return index & (SLOTS - 1);
  }

  /** In small steps, which Java compiles into the caller, and so makes no attempt an object. */
  void write(int slot, Attempt attempt) {
    var identity = writeIdentity(slot, attempt);
    var times = writeTimes(slot, attempt);
    var outcome = writeOutcome(slot, attempt.outcome());
    if (!attempt.particulars().equals(Particulars.NONE)) {
      writeParticulars(slot, attempt.particulars());
    }
    states[slot] = (short) (identity | times | outcome | WRITTEN);
  }

  private int writeIdentity(int slot, Attempt attempt) {
    var idHigh = attempt.id().getMostSignificantBits();
    idHighs[slot] = idHigh;
    idLows[slot] = attempt.id().getLeastSignificantBits();
    buyers[slot] = attempt.buyer();
    if (attempt.timestampMillis() == idHigh >>> ID_TIMESTAMP_SHIFT) {
      return 0;
    }
    timestamps.set(slot, attempt.timestampMillis());
    return OWN_TIMESTAMP;
  }

  private int writeTimes(int slot, Attempt attempt) {
    calls[slot] = attempt.callNanos();
    var present = 0;
    if (attempt.returnNanos().isPresent()) {
      returns[slot] = attempt.returnNanos().getAsLong();
      present |= RETURN;
    }
    if (attempt.poolWaitNanos().isPresent()) {
      poolWaits[slot] = attempt.poolWaitNanos().getAsLong();
      present |= POOL_WAIT;
    }
    if (attempt.intendedNanos().isPresent()) {
      intended.set(slot, attempt.intendedNanos().getAsLong());
      present |= INTENDED;
    }
    return present;
  }

  @SuppressWarnings("EnumOrdinal") // The ordinal lives in memory only; files hold the word.
  private int writeOutcome(int slot, Outcome outcome) {
    var present =
        switch (outcome) {
          case Outcome.Sold(var left) -> writeValue(slot, left);
          case Outcome.SoldOut(var left) -> writeValue(slot, left);
          case Outcome.Limited(var left) -> writeValue(slot, left);
          case Outcome.Failed(var error) -> writeError(slot, error);
          case Outcome.Indeterminate(var error) -> writeError(slot, error);
        };
    return outcome.kind().ordinal() | present;
  }

  private void writeParticulars(int slot, Particulars particulars) {
    particulars.customer().ifPresent(name -> customers.set(slot, names.number(name)));
    particulars.key().ifPresent(name -> keys.set(slot, names.number(name)));
    particulars.order().ifPresent(name -> orders.set(slot, names.number(name)));
    particulars.item().ifPresent(name -> items.set(slot, names.number(name)));
    if (particulars.quantity() > 1) {
      quantities.set(slot, particulars.quantity());
    }
  }

  private int writeValue(int slot, OptionalLong value) {
    if (value.isEmpty()) {
      return 0;
    }
    values[slot] = value.getAsLong();
    return VALUE;
  }

  private int writeError(int slot, String error) {
    errors().set(slot, texts.keep(error));
    return 0;
  }

  boolean written(int slot) {
    return has(slot, WRITTEN);
  }

  boolean has(int slot, int flag) {
    return (states[slot] & flag) != 0;
  }

  Outcome.Kind kind(int slot) {
    return KINDS[states[slot] & KIND_MASK];
  }

  long timestamp(int slot) {
    return has(slot, OWN_TIMESTAMP) ? timestamps.get(slot) : idHighs[slot] >>> ID_TIMESTAMP_SHIFT;
  }

  long intended(int slot) {
    return intended.get(slot);
  }

  String error(int slot) {
    var known = errors;
    var error = known == null ? null : known.get(slot);
    return error == null ? "" : error;
  }

  int customer(int slot) {
    return (int) customers.get(slot);
  }

  int item(int slot) {
    return (int) items.get(slot);
  }

  int quantity(int slot) {
    return Math.max(1, (int) quantities.get(slot));
  }

  int key(int slot) {
    return (int) keys.get(slot);
  }

  int order(int slot) {
    return (int) orders.get(slot);
  }

  Particulars particulars(int slot) {
    var customer = customer(slot);
    var item = item(slot);
    var quantity = quantity(slot);
    var key = key(slot);
    var order = order(slot);
    return (customer | item | key | order) == Names.NONE && quantity == 1
        ? Particulars.NONE
        : new Particulars(name(customer), name(item), quantity, name(key), name(order));
  }

  /** Whether no attempt asks for more than one ticket. */
  boolean single() {
    return quantities.empty();
  }

  /** Whether no attempt has particulars. */
  boolean plain() {
    return customers.empty()
        && items.empty()
        && quantities.empty()
        && keys.empty()
        && orders.empty();
  }

  private Optional<String> name(int number) {
    return number == Names.NONE ? Optional.empty() : Optional.of(names.name(number));
  }

  private AtomicReferenceArray<String> errors() {
    var known = errors;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      var made = errors;
      if (made == null) {
        made = new AtomicReferenceArray<>(states.length);
        errors = made;
      }
      return made;
    }
  }
}
