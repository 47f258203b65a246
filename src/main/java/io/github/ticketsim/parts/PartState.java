package io.github.ticketsim.parts;

/** How far a part is. */
enum PartState {
  /** It has not come, or has left. */
  AWAY,
  /** It has come. */
  JOINED,
  /** It has set up what is sold; part 0 alone does. */
  SET_UP,
  /** It can start. */
  READY,
  /** Nothing of it can take effect any more. */
  ENDED,
  /** It needs the others no more. */
  OVER;

  private static final PartState[] ALL = values();

  /** As the scripts write it. */
  @SuppressWarnings("EnumOrdinal") // The scripts of this version alone read it.
  String code() {
    return Integer.toString(ordinal());
  }

  static PartState of(String code) {
    return ALL[Integer.parseInt(code)];
  }

  boolean reached(PartState other) {
    return compareTo(other) >= 0;
  }
}
