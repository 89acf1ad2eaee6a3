import {
  DashboardCursorSync, VariableHide, VariableRefresh, type Dashboard, type VariableModel,
} from '@grafana/schema';
import { place, type UnplacedPanel } from './panels.js';

const SCHEMA_VERSION = 42;

const dataSource: VariableModel = {
  name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus', hide: VariableHide.dontHide,
};

/** The services as Prometheus knows them; `$job` selects some of them. */
const job: VariableModel = {
  name: 'job', type: 'custom', query: 'gateway,catalog-service,progress-service', label: 'Service', multi: true,
  includeAll: true, allValue: 'gateway|catalog-service|progress-service', refresh: VariableRefresh.never,
  current: { selected: true, text: ['All'], value: ['$__all'] },
};

/** Its uid is part of its address, and so never changes. */
export function dashboard(uid: string, title: string, description: string, panels: UnplacedPanel[]): Dashboard {
  return {
    uid, title, description, tags: ['lectern'], schemaVersion: SCHEMA_VERSION, editable: false, refresh: '30s',
    time: { from: 'now-3h', to: 'now' }, timezone: 'browser', graphTooltip: DashboardCursorSync.Crosshair,
    links: [{ title: 'Lectern', type: 'dashboards', tags: ['lectern'], asDropdown: false, includeVars: true,
      keepTime: true, targetBlank: false, icon: 'external link', tooltip: '', url: '' }],
    templating: { list: [dataSource, job] }, panels: place(panels),
  };
}
