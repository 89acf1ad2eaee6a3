// Prints what Kubernetes would refuse in the objects of a file, which is an array in JSON: one line for each object.
import { readFileSync } from "node:fs";
import * as apps from "kubernetes-models/apps/v1";
import * as networking from "kubernetes-models/networking.k8s.io/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";

const models = { "apps/v1": apps, "networking.k8s.io/v1": networking, "policy/v1": policy, v1: core };

for (const object of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    new models[object.apiVersion][object.kind](object).validate();
  } catch (fault) {
    console.log(`${object.kind} ${object.metadata.name}: ${fault.message}`);
  }
}
