package io.github.ticketsim.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ticketsim.cli.AnyShop.Defect;
import io.github.ticketsim.verify.Cause;
import io.github.ticketsim.verify.Check;
import io.github.ticketsim.verify.Check.Name;
import io.github.ticketsim.verify.Check.Status;
import io.github.ticketsim.verify.Verifier;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sound and broken shops of the shapes that public flash-sale load scripts use, each stormed by the
 * sale file of its shape.
 */
@Timeout(120)
class AnySaleIT {
  private static final int TIMES = Integer.getInteger("times", 1);

  /** A connection for each buyer. */
  private static final int ALL_BUYERS = 200;

  @TempDir private Path folder;

  static Stream<Arguments> shops() {
    return Stream.of(ShopShape.values())
        .flatMap(
            shape ->
                Stream.concat(Stream.of(Defect.NONE), defects(shape).stream().sorted())
                    .map(defect -> Arguments.of(shape, defect)));
  }

  private static Set<Defect> defects(ShopShape shape) {
    return switch (shape) {
      case STATUS_ONLY, QUANTITY_2 -> Set.of(Defect.LOST_UPDATE);
      case USER_IN_BODY -> Set.of(Defect.LOST_UPDATE, Defect.LIMIT_RACE, Defect.ORDER_INVENTED);
      case USER_IN_HEADER -> Set.of(Defect.LIMIT_RACE, Defect.ALL_LIMITED);
      case USER_IN_PATH -> Set.of(Defect.LIMIT_RACE, Defect.LIMITED_TAKES);
      case BEARER_TOKEN -> Set.of(Defect.LIMIT_RACE, Defect.ORDER_LOST);
      case IDEMPOTENCY_KEY -> Set.of(Defect.KEY_IGNORED, Defect.ORDER_LOST);
      case CODE_IN_BODY -> Set.of(Defect.LOST_UPDATE, Defect.ORDER_DOUBLED, Defect.FALSE_LIMITED);
      case TWO_REASONS -> Set.of(Defect.LIMIT_RACE, Defect.FALSE_LIMITED, Defect.LIMITED_TAKES);
      case ITEMS -> Set.of(Defect.LOST_UPDATE, Defect.ORDER_LOST, Defect.ORDER_DOUBLED);
      case QUANTITY_1_TO_4 -> Set.of(Defect.LOST_UPDATE, Defect.ORDER_LOST, Defect.ORDER_DOUBLED);
      case ACCEPTED_AND_POLLED ->
          Set.of(Defect.LOST_UPDATE, Defect.LIMIT_RACE, Defect.ORDER_LOST, Defect.ORDER_DOUBLED);
      case SALE_TOKEN -> Set.of(Defect.LIMIT_RACE, Defect.FALSE_LIMITED);
      case TOO_MANY_REQUESTS -> Set.of(Defect.KEY_IGNORED, Defect.ORDER_LOST);
      case UNAVAILABLE -> Set.of(Defect.BUSY_TAKES, Defect.LOST_UPDATE);
      case LOST_REPLIES -> Set.of(Defect.ORDER_LOST, Defect.ORDER_DOUBLED, Defect.LOST_UPDATE);
      case ORDERS_IN_LINES ->
          Set.of(Defect.ORDER_LOST, Defect.ORDER_DOUBLED, Defect.ORDER_INVENTED);
      case ITEMS_OF_DATA -> Set.of(Defect.LOST_UPDATE, Defect.ORDER_LOST);
    };
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("shops")
  void isSoundOrShowsWhatIsWrong(ShopShape shape, Defect defect) throws Exception {
    for (var time = 0; time < TIMES; time++) {
      storm(shape, defect, folder.resolve(Integer.toString(time)));
    }
  }

  private static void storm(ShopShape shape, Defect defect, Path out) throws Exception {
    try (var shop = new AnyShop(shape, defect)) {
      CommandRun.of(
              "storm",
              "--sale=" + shape.file(),
              "--target=" + shop.url(),
              "--pool=" + (defect.waits() ? ALL_BUYERS : 64),
              "--timeout=60s",
              "--out=" + out)
          .assertQuiet(defect == Defect.NONE ? ExitCode.VALID : ExitCode.INVALID);
    }
    var judgement = Verifier.verify(Storms.latest(out));
    assertThat(judgement.causes().contains(new Cause.EverybodyLimited(false)))
        .isEqualTo(defect == Defect.ALL_LIMITED);
    var failed =
        judgement.checks().stream()
            .filter(check -> check.status() == Status.FAIL)
            .map(Check::name)
            .collect(toSet());
    var certain = certain(shape, defect);
    // Orders for more than there are, if tickets that nobody could use up do not make up for them.
    failed.removeAll(
        defect == Defect.ORDER_DOUBLED || defect == Defect.ORDER_INVENTED
            ? Set.of(Name.OVERSELL)
            : Set.of());
    assertThat(failed).isEqualTo(certain);
  }

  /** The checks that fail in every storm of such a shop. */
  private static Set<Name> certain(ShopShape shape, Defect defect) {
    return switch (defect) {
      case NONE -> Set.of();
      case LOST_UPDATE ->
          shape == ShopShape.QUANTITY_2
              ? Set.of(Name.OVERSELL, Name.CONSERVATION, Name.DUPLICATE_TICKET)
              : Set.of(Name.OVERSELL, Name.CONSERVATION);
      case LIMIT_RACE -> Set.of(Name.LIMIT);
      case KEY_IGNORED -> Set.of(Name.IDEMPOTENCY);
      case ORDER_LOST -> Set.of(Name.LOST_ORDER, Name.CONSERVATION);
      case ORDER_DOUBLED ->
          shape.limited()
              ? Set.of(Name.DOUBLE_ORDER, Name.CONSERVATION, Name.LIMIT)
              : Set.of(Name.DOUBLE_ORDER, Name.CONSERVATION);
      case ORDER_INVENTED -> Set.of(Name.GHOST_ORDER, Name.CONSERVATION);
      case FALSE_LIMITED, ALL_LIMITED -> Set.of(Name.FALSE_LIMITED);
      case LIMITED_TAKES -> Set.of(Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
      case BUSY_TAKES ->
          Set.of(Name.GHOST_ORDER, Name.CONSERVATION, Name.UNDERSELL, Name.FALSE_SOLD_OUT);
    };
  }
}
