using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.ML;
using SentimentAnalysis;
using WebService;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>The service of the sample, listening on a free port, with a model of a few sentences.</summary>
public sealed class SentimentService : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;
    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    public ITransformer Model { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var mlContext = new MLContext(seed: 1);
        string path = Path.Combine(_folder, "model.zip");
        IDataView data = mlContext.Data.LoadFromEnumerable(Sentences().ToArray());
        Model = SentimentModel.RetrainModel(mlContext, data);
        mlContext.Model.Save(Model, data.Schema, path);

        _app = Build(path);
        await _app.StartAsync();
        Client.BaseAddress = new(_app.Urls.Single());
    }

    /// <summary>The service with the model of a file, on a port that is free.</summary>
    public static WebApplication Build(string modelPath) =>
        PredictionService.Build([$"--Model:Path={modelPath}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);

    /// <summary>The answer to a text that is as it should be.</summary>
    public async Task<PredictResponse> Predict(string text)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync("/predict", new { text }, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<PredictResponse>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Praise says good, and blame says bad, each of many things.</summary>
    public static IEnumerable<SentimentModel.ModelInput> Sentences()
    {
        string[] things = ["food", "film", "phone", "waiter", "plot", "case", "soup", "music", "screen", "place"];
        (string Sentiment, string Word)[] words =
        [
            ("praise", "good"), ("praise", "great"), ("praise", "nice"), ("blame", "bad"), ("blame", "poor"), ("blame", "awful"),
        ];
        return
            from thing in things
            from word in words
            select new SentimentModel.ModelInput { Text = $"The {thing} is {word.Word}.", Sentiment = word.Sentiment };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
