// What all dashboards have in common: the look of a panel and where it is.
import {
  BigValueColorMode, BigValueGraphMode, BigValueJustifyMode, BigValueTextMode, GraphDrawStyle, LegendDisplayMode,
  PercentChangeColorMode, SortOrder, ThresholdsMode, TooltipDisplayMode, VisibilityMode,
  VizOrientation, type DataQuery, type GraphFieldConfig, type Panel,
} from '@grafana/schema';
import type { Options as StatOptions } from
  '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as TimeSeriesOptions } from
  '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A query of Prometheus; the package has no type for it. */
interface PrometheusQuery extends DataQuery {
  expr: string;
  legendFormat: string;
}

/** Units by Grafana's names. */
export type Unit = 'percentunit' | 's' | 'bytes' | 'reqps' | 'ops' | 'short';

/** Queries by the name of their series, which may contain labels as `{{label}}`. */
export type Queries = Record<string, string>;

export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

const COLUMNS = 24;
const STAT_HEIGHT = 4;
const GRAPH_HEIGHT = 8;
const GREEN = { color: 'green', value: null };

/** A panel without its id and place. */
export type UnplacedPanel = Omit<Panel, 'id' | 'gridPos'> & { width: number; height: number };

const targets = (queries: Queries) => Object.entries(queries).map(([legendFormat, expr], index) => {
  const query: PrometheusQuery = {
    refId: String.fromCharCode('A'.charCodeAt(0) + index), expr, legendFormat, datasource: DATA_SOURCE,
  };
  return { ...query };
});

/** Lines over time. The description says what to do, and which alert watches the same. */
export function graph(title: string, unit: Unit, description: string, queries: Queries, limit?: number): UnplacedPanel {
  const custom: GraphFieldConfig = {
    drawStyle: GraphDrawStyle.Line, fillOpacity: 8, lineWidth: 1, showPoints: VisibilityMode.Never, spanNulls: false,
  };
  const options: TimeSeriesOptions = {
    legend: {
      calcs: ['lastNotNull', 'max'], displayMode: LegendDisplayMode.Table, placement: 'bottom', showLegend: true,
    },
    tooltip: { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending },
  };
  return {
    type: 'timeseries', title, description, datasource: DATA_SOURCE, interval: '10s', targets: targets(queries),
    fieldConfig: { defaults: { unit, min: 0, custom: { ...custom }, ...thresholds(limit) }, overrides: [] },
    options: { ...options }, width: COLUMNS / 2, height: GRAPH_HEIGHT,
  };
}

/** One number of now, red beyond a limit. */
export function stat(title: string, unit: Unit, description: string, query: string, limit?: number): UnplacedPanel {
  const options: StatOptions = {
    colorMode: BigValueColorMode.Value, graphMode: BigValueGraphMode.Area, justifyMode: BigValueJustifyMode.Auto,
    orientation: VizOrientation.Auto, percentChangeColorMode: PercentChangeColorMode.Standard,
    reduceOptions: { calcs: ['lastNotNull'] }, showPercentChange: false, textMode: BigValueTextMode.Auto,
    wideLayout: true,
  };
  return {
    type: 'stat', title, description, datasource: DATA_SOURCE, interval: '10s', targets: targets({ [title]: query }),
    fieldConfig: { defaults: { unit, ...thresholds(limit) }, overrides: [] },
    options: { ...options }, width: COLUMNS / 6, height: STAT_HEIGHT,
  };
}

const thresholds = (limit?: number) => ({
  thresholds: { mode: ThresholdsMode.Absolute,
    steps: limit === undefined ? [GREEN] : [GREEN, { color: 'red', value: limit }] },
});

/** Give panels their ids and places, from left to right. */
export function place(panels: UnplacedPanel[]): Panel[] {
  let x = 0;
  let y = 0;
  let lineHeight = 0;
  return panels.map(({ width, height, ...panel }, index) => {
    if (x + width > COLUMNS || (lineHeight !== 0 && height !== lineHeight)) {
      x = 0;
      y += lineHeight;
    }
    lineHeight = height;
    const placed: Panel = { id: index + 1, ...panel, gridPos: { x, y, w: width, h: height } };
    x += width;
    return placed;
  });
}
