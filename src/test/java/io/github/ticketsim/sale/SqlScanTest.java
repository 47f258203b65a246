package io.github.ticketsim.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScanTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1 | 0",
        "select ?, ? | 2",
        "select '?' , \"?\", ? | 1",
        "select 'it''s ?', ? | 1",
        "select ? -- why? | 1",
        "select /* ? */ ? | 1",
        "select a ?? b, ? | 1",
        "do $$ select '?' $$ | 0",
        "do $a$ ? $$ ? $a$ | 0",
      })
  void countsQuestionMarksThatAreParameters(String sql, int parameters) {
    assertThat(SqlScan.of(sql).parameters()).isEqualTo(parameters);
    assertThat(SqlScan.of(sql).text()).isEqualTo(sql);
  }

  @Test
  void putsAQuestionMarkInThePlaceOfAValue() {
    var scan = SqlScan.of("update t set a = {{stock}}, b = '{{item}}' where c = {{ item }}");

    assertThat(scan.text()).isEqualTo("update t set a = ?, b = '{{item}}' where c = ?");
    assertThat(scan.values())
        .containsExactly(Template.parse("{{stock}}"), Template.parse("{{ item }}"));
    assertThat(scan.quoted()).containsExactly("item");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1; select 2", ";", "-- nothing", "delete from a; drop table b;"})
  void anElementIsOneStatement(String sql) {
    assertThatThrownBy(() -> SqlScan.of(sql).requireOneStatement())
        .hasMessageContaining("expected one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1;",
        "select ';'",
        "create trigger t after insert on a begin update b set c = 1; delete from d; end",
        "create or replace function f() returns int as $$ begin return 1; end $$ language plpgsql",
      })
  void aBodyIsPartOfItsStatement(String sql) {
    SqlScan.of(sql).requireOneStatement();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        " ROLLBACK to a",
        "begin immediate",
        "/* so */ end",
        "start  transaction",
        "savepoint a",
        "prepare transaction 'a'",
      })
  void aPurchaseIsOneTransaction(String sql) {
    assertThatThrownBy(() -> SqlScan.of(sql).requireNoControl())
        .hasMessageContaining("would begin or end a transaction");
  }

  @ParameterizedTest
  @ValueSource(strings = {"update t set a = 'commit'", "do $$ begin end $$", "call begin_sale()"})
  void otherStatementsAreNoneOfThat(String sql) {
    SqlScan.of(sql).requireNoControl();
  }
}
