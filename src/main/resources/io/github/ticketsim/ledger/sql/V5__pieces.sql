-- Histories of the parts of a storm on their way to part 0, compressed and cut into pieces.
CREATE TABLE ticket_piece (
  name varchar(255) NOT NULL,
  place bigint NOT NULL,
  piece bytea NOT NULL,
  brought_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (name, place)
);
