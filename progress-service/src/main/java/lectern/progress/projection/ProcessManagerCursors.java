package lectern.progress.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the positions of process managers. They issue commands, so they never process
 * the log again from its beginning: one without a row starts at the present, and the rows
 * are in a table of their own, which is not emptied when the read models are rebuilt.
 */
@Repository
public class ProcessManagerCursors implements CursorStore {

	private final DatabaseClient database;

	public ProcessManagerCursors(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Map<String, Long>> positions(Collection<String> processManagers) {
		return this.database.sql("""
				with added as (
				    insert into process_manager (name, position)
				    select name, log_head.position from log_head, unnest(:names) as required (name)
				    where name not in (select name from process_manager)
				    on conflict do nothing returning name, position)
				select name, position from process_manager where name = any(:names) union all table added
				""")
			.bind("names", processManagers.toArray(String[]::new))
			.map((row) -> Map.entry(required(row, "name", String.class), required(row, "position", Long.class)))
			.all()
			.collect(HashMap::new, (positions, row) -> positions.put(row.getKey(), row.getValue()));
	}

	/**
	 * {@inheritDoc} The commands are committed on their own, before the position: after a
	 * crash in between they are issued again, as they are by another node. Always true.
	 */
	@Override
	public Mono<Boolean> advance(Collection<String> processManagers, long from, long to, Mono<Void> update) {
		return update.then(this.database.sql("""
				update process_manager set position = :to where name = any(:names) and position < :to
				""").bind("names", processManagers.toArray(String[]::new)).bind("to", to).then()).thenReturn(true);
	}

}
