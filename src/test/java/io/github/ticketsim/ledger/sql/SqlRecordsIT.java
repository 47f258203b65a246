package io.github.ticketsim.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ticketsim.Await;
import io.github.ticketsim.ledger.Attempt;
import io.github.ticketsim.ledger.Ending;
import io.github.ticketsim.ledger.RecordsException;
import io.github.ticketsim.ledger.Reservation;
import io.github.ticketsim.stock.Outcome;
import io.github.ticketsim.stock.Settlement;
import io.github.ticketsim.verify.Judgement;
import io.github.ticketsim.verify.Verifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded is there in the next incarnation, on both databases. */
@Timeout(120)
class SqlRecordsIT extends DatabaseFixture {
  @ParameterizedTest
  @EnumSource
  void whatIsAppendedIsReadInOrderInTheNextIncarnation(Kind kind) throws Exception {
    var url = url(kind);
    var attempts = new ArrayList<Attempt>();
    IntStream.range(0, 2_500).forEach(i -> attempts.add(bought(999 - i, i * 10L)));
    attempts.add(
        Attempt.of(
            UUID.randomUUID(),
            1,
            3,
            OptionalLong.empty(),
            40_000,
            OptionalLong.empty(),
            new Outcome.Indeterminate("no reply\0 within 2 s: Ärger")));
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1_000), MOST)) {
      attempts.forEach(attempt -> record(records, attempt));
      record(records, bought(-2_000, 50_000), "key-1");
      records.end(2_502, new Ending(Settlement.settled(-2_000), Ending.StopReason.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      var read = read(records, Optional.empty());
      assertThat(read).hasSize(2_502);
      assertThat(read.subList(0, 2_500)).isEqualTo(attempts.subList(0, 2_500));
      assertThat(((Outcome.Indeterminate) read.get(2_500).outcome()).error())
          .isEqualTo("no reply  within 2 s: Ärger");
      assertThat(read(records, Optional.of(attempts.get(2_400).id())))
          .isEqualTo(read.subList(2_401, 2_502));
      assertThat(records.read(Optional.of(UUID.randomUUID()))).isEmpty();
      assertThat(records.past().keyed()).containsOnlyKeys("key-1");
      assertThat(records.past().nanos()).isGreaterThan(50_001);
      assertThat(records.past().buyers()).isEqualTo(50_001);
      assertThat(records.snapshot().attempts().size()).isEqualTo(2_502);
    }
  }

  /** Three tickets were taken when the service died; nobody was told of them. */
  @ParameterizedTest
  @EnumSource
  void anIncarnationThatDiedLeavesAttemptsOfUnknownFate(Kind kind) throws Exception {
    var url = url(kind);
    var recorded = SaleClaim.of(url, "key").begin(run(10), MOST);
    record(recorded, bought(9, 1));
    record(recorded, bought(6, 3));
    var killed = afterKill(kind, url);
    try (var claim = SaleClaim.of(killed, "key")) {
      var sale = claim.sale().orElseThrow();
      assertThat(sale.left()).isEqualTo(6);
      try (var records = claim.carryOn(sale, MOST)) {
        var begin = records.past().nanos();
        for (var value = 4; value >= -4; value--) {
          record(records, bought(value, begin + 10 - value));
        }
        assertThat(read(records, Optional.empty())).hasSize(11);
        var all = records.snapshot().attempts();
        assertThat(all.count(Outcome.Kind.INDETERMINATE)).isEqualTo(SqlRecords.UNRECORDED_PERMITS);
        records.end(11, new Ending(Settlement.settled(-4), Ending.StopReason.NONE));
      }
      var history = SqlRuns.history(killed).orElseThrow();
      assertThat(Verifier.verify(history).result()).isEqualTo(Judgement.Result.VALID);
    }
    recorded.close();
  }

  /** The service dies between the intent and the record; the ticket may be gone. */
  @ParameterizedTest
  @EnumSource
  void aKeyWhosePurchaseWasCutOffIsOfUnknownFateForEver(Kind kind) throws Exception {
    var url = url(kind);
    var recorded = SaleClaim.of(url, "key").begin(run(10), MOST);
    var done = intent("done");
    recorded.reserve(Optional.of(done), LEFT).record(bought(done.id(), 9, 1));
    var failed = intent("failed");
    recorded.reserve(Optional.of(failed), LEFT).record(failed(failed.id(), 3));
    var cutOff = intent("cut off");
    var _ = recorded.reserve(Optional.of(cutOff), LEFT);
    var killed = afterKill(kind, url);
    for (var incarnation = 0; incarnation < 2; incarnation++) {
      try (var claim = SaleClaim.of(killed, "key");
          var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
        assertThat(claim.sale().orElseThrow().left()).as("one sold, one in doubt").isEqualTo(8);
        var keyed = records.past().keyed();
        assertThat(keyed).containsOnlyKeys("done", "cut off");
        var unknown = Objects.requireNonNull(keyed.get("cut off"));
        assertThat(unknown.id()).isEqualTo(cutOff.id());
        assertThat(unknown.timestampMillis()).isEqualTo(cutOff.timestampMillis());
        assertThat(unknown.outcome()).isInstanceOf(Outcome.Indeterminate.class);
        var all = records.snapshot().attempts();
        assertThat(IntStream.range(0, all.size()).mapToObj(i -> all.get(i).id()))
            .doesNotHaveDuplicates()
            .contains(done.id(), failed.id(), cutOff.id())
            .hasSize(2 + SqlRecords.UNRECORDED_PERMITS);
        records.end(3, new Ending(Settlement.settled(8), Ending.StopReason.NONE));
      }
    }
    recorded.close();
  }

  /** Else a purchase is read as intended, and then as made. */
  @ParameterizedTest
  @EnumSource
  void whoJudgesSeesTheRecordsAsTheyWereAtOneMoment(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST);
        var reader = new Database(url, RecordsUrl.Access.READ, TIMEOUT)) {
      var intent = intent("key-1");
      var reservation = records.reserve(Optional.of(intent), LEFT);
      var recorded =
          reader.apply(
              in -> {
                var run = RunRows.byId(in, records.run().id()).orElseThrow().number();
                assertThat(Intents.open(in, run)).hasSize(1);
                reservation.record(bought(intent.id(), 9, 1));
                return Rows.last(in, run);
              });
      assertThat(recorded).isZero();
      assertThat(read(records, Optional.empty())).hasSize(1);
    }
  }

  @Test
  void noMoreReservationsThanPermitsAreUnrecorded() throws Exception {
    try (var claim = SaleClaim.of(url(Kind.SQLITE), "key");
        var records = claim.begin(run(1_000), MOST)) {
      var reservations = new ArrayList<Reservation>();
      for (var i = 0; i < SqlRecords.UNRECORDED_PERMITS; i++) {
        reservations.add(records.reserve(Optional.empty(), LEFT));
      }
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("256 purchases");
      records.recordUnsent(failed(UUID.randomUUID(), 1));
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .as("an attempt without a permit gives none back")
          .isInstanceOf(RecordsException.class);
      reservations.getFirst().record(bought(999, 2));
      var _ = records.reserve(Optional.empty(), LEFT);
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class);
    }
  }

  /** The ticket may be taken, and the next one must not add to it. */
  @Test
  void anAttemptThatIsNotWrittenInTimeKeepsItsPermitUntilItIs() throws Exception {
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    try (var claim = SaleClaim.of(url(Kind.SQLITE), "key");
        var records = claim.begin(run(1_000), MOST)) {
      var reservations = new ArrayList<Reservation>();
      for (var i = 0; i < SqlRecords.UNRECORDED_PERMITS; i++) {
        reservations.add(records.reserve(Optional.empty(), LEFT));
      }
      Files.move(file, away);
      assertThatThrownBy(() -> reservations.getFirst().record(bought(999, 1)))
          .isInstanceOf(RecordsException.class);
      assertThatThrownBy(() -> records.reserve(Optional.empty(), () -> 0))
          .isInstanceOf(RecordsException.class)
          .hasMessageContaining("256 purchases");
      Files.move(away, file);
      var _ = records.reserve(Optional.empty(), LEFT);
    }
  }

  @Test
  void anIntentThatCouldNotBeKeptInTimeIsTakenBack() throws Exception {
    var url = url(Kind.SQLITE);
    var file = folder.resolve("records.db");
    var away = folder.resolve("away.db");
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(10), MOST)) {
      Files.move(file, away);
      assertThatThrownBy(() -> records.reserve(Optional.of(intent("late")), LEFT))
          .isInstanceOf(RecordsException.class);
      assertThat(records.unavailableReason()).isPresent();
      Files.move(away, file);
      Await.until("it is written", () -> records.unavailableReason().isEmpty());
      records.end(0, new Ending(Settlement.settled(10), Ending.StopReason.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(records.past().keyed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnIncarnationThatSettledLeftNothingBehind(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var unsettled = claim.begin(run(10), MOST)) {
      record(unsettled, bought(9, 1));
      unsettled.end(
          1,
          new Ending(
              Settlement.unsettled(OptionalLong.of(9), "under way"), Ending.StopReason.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      // It is closed, and nobody has said how it ended.
      var _ = records.reserve(Optional.empty(), LEFT);
    }
    try (var claim = SaleClaim.of(url, "key");
        var settled = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      settled.end(1, new Ending(Settlement.settled(9), Ending.StopReason.NONE));
    }
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(records.snapshot().attempts().count(Outcome.Kind.INDETERMINATE))
          .isEqualTo(2 * SqlRecords.UNRECORDED_PERMITS);
    }
  }

  /** As by a service that cannot start after all. */
  @ParameterizedTest
  @EnumSource
  void anIncarnationInWhichNothingCouldBeTakenChangesNothing(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var records = claim.begin(run(1), MOST)) {
      record(records, bought(0, 1));
      records.end(1, new Ending(Settlement.settled(0), Ending.StopReason.NONE));
    }
    var ended = SqlRuns.history(url).orElseThrow();
    assertThat(ended.ending().settlement().settled()).isTrue();
    try (var claim = SaleClaim.of(url, "key");
        var _ = claim.carryOn(claim.sale().orElseThrow(), MOST)) {
      assertThat(SqlRuns.history(url).orElseThrow().ending()).isNotEqualTo(ended.ending());
    }
    var history = SqlRuns.history(url).orElseThrow();
    assertThat(history.run()).isEqualTo(ended.run());
    assertThat(history.ending()).isEqualTo(ended.ending());
    assertThat(history.attempts().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsSoldFromByOneServiceAtATime(Kind kind) throws Exception {
    var url = url(kind);
    try (var claim = SaleClaim.of(url, "key");
        var _ = SaleClaim.of(url, "another key")) {
      // Before there is a sale, and while there is.
      for (var begun = 0; begun < 2; begun++) {
        assertThatThrownBy(() -> SaleClaim.of(url, "key"))
            .isInstanceOf(RecordsUnavailableException.class)
            .hasMessageContaining("another service")
            .hasMessageContaining("'key'");
        if (begun == 0) {
          var _ = claim.begin(run(10), MOST);
        }
      }
    }
    try (var claim = SaleClaim.of(url, "key")) {
      claim.carryOn(claim.sale().orElseThrow(), MOST).close();
    }
    SaleClaim.of(url, "key").close();
  }
}
