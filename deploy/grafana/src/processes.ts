import { dashboard } from './dashboard.js';
import { graph, stat } from './panels.js';
import { quantile, rate } from './queries.js';

export const processes = dashboard('lectern-processes', 'Lectern: JVM and Netty',
  'CPU, memory, event loops and connections of each process.', [
    stat('Processes', 'short', 'That Prometheus can scrape. Alert: LecternServiceDown.', 'sum(up{job=~"$job"})'),
    stat('Event-loop lag, p99', 's', 'Alert: LecternEventLoopSlow.', quantile(0.99, 'lectern_eventloop_lag',
      '{job=~"$job"}'), 0.1),
    stat('Heap after collection', 'percentunit', 'Alert: LecternHeapNearLimit.',
      'max(jvm_memory_usage_after_gc{job=~"$job"})', 0.85),
    stat('Direct memory', 'bytes', 'Alert: LecternDirectMemoryNearLimit.',
      'max(netty_allocator_memory_used{job=~"$job",memory_type="direct"})'),
    stat('Descriptors', 'percentunit', 'Alert: LecternDescriptorsNearLimit.',
      'max(process_files_open_files{job=~"$job"} / process_files_max_files{job=~"$job"})', 0.8),
    stat('Shortest uptime', 's', 'Alert: LecternServiceRestarting.', 'min(process_uptime_seconds{job=~"$job"})'),
    graph('CPU', 'percentunit', 'Share of all cores of the machine.',
      { '{{job}} {{instance}}': 'process_cpu_usage{job=~"$job"}', machine: 'max(system_cpu_usage{job=~"$job"})' }),
    graph('Event-loop lag, p99', 's', 'How long a task waits for an event loop.',
      { '{{job}}': quantile(0.99, 'lectern_eventloop_lag', '{job=~"$job"}', 'job') }, 0.1),
    graph('Heap', 'bytes', 'The limit is -Xmx in LECTERN_JAVA_OPTIONS.', {
      'used, {{job}} {{instance}}': 'sum by (job, instance) (jvm_memory_used_bytes{job=~"$job",area="heap"})',
      'limit, {{job}} {{instance}}': 'sum by (job, instance) (jvm_memory_max_bytes{job=~"$job",area="heap"})',
    }),
    graph('Heap after a collection', 'percentunit', 'What is really used of the old generation.',
      { '{{job}} {{instance}}': 'jvm_memory_usage_after_gc{job=~"$job"}' }, 0.85),
    graph('Memory outside of the heap', 'bytes', 'Classes, code, and buffers of Netty.', {
      'JVM, {{job}}': 'sum by (job) (jvm_memory_used_bytes{job=~"$job",area="nonheap"})',
      'Netty, {{job}}': 'sum by (job) (netty_allocator_memory_used{job=~"$job",memory_type="direct"})',
    }),
    graph('Garbage collection', 'percentunit', 'Share of the time. Alert: LecternGarbageCollectionHeavy.',
      { '{{job}}': rate('jvm_gc_pause_seconds_sum{job=~"$job"}', 'job') }, 0.1),
    graph('Connections of clients', 'short', 'To the HTTP server, streams included.',
      { '{{job}} {{instance}}': 'sum by (job, instance) (lectern_http_connections{job=~"$job"})' }),
    graph('Connections to services', 'short', 'By pool: relay has regular requests, the others have streams.', {
      'active, {{job}} {{name}}':
        'sum by (job, name) (reactor_netty_connection_provider_active_connections{job=~"$job"})',
      'waiting, {{job}} {{name}}':
        'sum by (job, name) (reactor_netty_connection_provider_pending_connections{job=~"$job"})',
    }),
    graph('Open descriptors', 'short', 'Files and sockets.',
      { '{{job}} {{instance}}': 'process_files_open_files{job=~"$job"}' }),
    graph('Threads', 'short', 'Their number does not depend on the load.',
      { '{{job}} {{instance}}': 'jvm_threads_live_threads{job=~"$job"}' }),
  ]);
