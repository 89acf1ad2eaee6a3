-- The nodes hold some tables in memory, or wait until there is something in them. They read them when the log's channel
-- says so, instead of every second. What it says here is not a position, so that nobody takes it for one.
create function notify_nodes() returns trigger language plpgsql as $$
begin
    perform pg_notify('lectern_log', '');
    return null;
end $$;

create trigger revocation_notify after insert on revocation for each statement execute function notify_nodes();

create trigger changed_path_notify after insert or update on changed_path for each statement
    execute function notify_nodes();

create trigger account_policy_notify after update of policy on account for each row
    when (old.policy is distinct from new.policy) execute function notify_nodes();
