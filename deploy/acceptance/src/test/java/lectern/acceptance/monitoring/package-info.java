/** The rules of Prometheus and the dashboards of Grafana. */
package lectern.acceptance.monitoring;
