// Tells over HTTP whether a text is praise or blame.
using WebService;

await using WebApplication app = PredictionService.Build(args);
await app.RunAsync();
