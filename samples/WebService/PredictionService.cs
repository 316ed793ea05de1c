using Microsoft.Extensions.ObjectPool;
using Engine = Microsoft.ML.PredictionEngine<SentimentAnalysis.SentimentModel.ModelInput, SentimentAnalysis.SentimentModel.ModelOutput>;

namespace WebService;

/// <summary>The service: what it needs, and what it answers.</summary>
public static class PredictionService
{
    /// <summary>Builds the service with its model loaded, and trained before that where there is no file of it.</summary>
    /// <param name="args">Settings in the form <c>--Model:Path=file</c>, before those of the environment and of appsettings.json.</param>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<ModelFile>();
        builder.Services.AddSingleton<ObjectPool<Engine>>(services =>
            new DefaultObjectPoolProvider().Create(new EnginePolicy(services.GetRequiredService<ModelFile>().LoadOrTrain())));
        builder.Services.AddSingleton<SentimentPredictor>();
        builder.Services.AddHealthChecks().AddCheck<ModelHealthCheck>("model");
        builder.Services.AddValidation();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = problem =>
        {
            // Of a body that cannot be read, the framework says no more than that.
            if (problem.ProblemDetails is { Status: StatusCodes.Status400BadRequest, Detail: null } and not HttpValidationProblemDetails)
                problem.ProblemDetails.Detail = """The body should be JSON such as {"text": "Works great!"}.""";
        });
        // A request that cannot be read is an answer in Development too, not an exception.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealthChecks("/health");
        app.MapPost("/predict", (PredictRequest request, SentimentPredictor predictor) => predictor.Predict(request.Text));
        // The first request need not wait for the model, and a file that is none, or one of another task, ends the program here.
        app.Services.GetRequiredService<SentimentPredictor>().Predict("Is anybody there?");
        return app;
    }
}
