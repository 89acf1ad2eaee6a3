// Shows the OpenAPI document of this server. Requests that are tried out go to this server only.
SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  operationsSorter: "alpha",
  validatorUrl: null,
});
