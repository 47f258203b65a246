-- A purchase with an Idempotency-Key that is about to be made. The transaction that writes its attempt
-- deletes it. While it is here nobody knows whether it was made.
CREATE TABLE ticket_open_intent (
  run bigint NOT NULL,
  id varchar(36) NOT NULL,
  life bigint NOT NULL,
  timestamp_ms bigint NOT NULL,
  idempotency_key varchar(255) NOT NULL,
  PRIMARY KEY (run, id)
) ${clustered};

-- Grouped and not joined: whatever is known of the tables, that takes no longer than to sort them.
INSERT INTO ticket_open_intent (run, id, life, timestamp_ms, idempotency_key)
  SELECT run, id, max(life), max(timestamp_ms), max(idempotency_key)
  FROM (
    SELECT run, id, life, timestamp_ms, idempotency_key, 0 AS made FROM ticket_intent
    UNION ALL
    SELECT run, id, 0, 0, '', 1 FROM ticket_attempt WHERE idempotency_key IS NOT NULL
  ) AS purchase
  GROUP BY run, id HAVING max(made) = 0;

-- Gone, so that an earlier service that is still running cannot write what nobody reads.
DROP TABLE ticket_intent;

-- The primary key is the only index that holds the run. Two that do are the same to a planner that
-- expects few rows of a run, and it may take either for what only one of them finds at once.
DROP INDEX ticket_attempt_id;
CREATE UNIQUE INDEX ticket_attempt_id ON ticket_attempt (id);
