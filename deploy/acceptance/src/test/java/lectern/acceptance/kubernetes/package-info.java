/** The manifests and the chart for Kubernetes, without a cluster. */
package lectern.acceptance.kubernetes;
