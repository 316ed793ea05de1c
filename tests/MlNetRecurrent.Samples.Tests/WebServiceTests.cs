using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using SentimentAnalysis;
using WebService;

namespace MlNetRecurrent.Samples.Tests;

public sealed class WebServiceTests(SentimentService service) : IClassFixture<SentimentService>, IDisposable
{
    private const int Threads = 8, RequestsOfAThread = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Theory]
    [InlineData("The soup was good, and the waiter great.", "praise")]
    [InlineData("The soup was bad, and the waiter awful.", "blame")]
    public async Task It_tells_praise_from_blame(string text, string label)
    {
        PredictResponse answer = await service.Predict(text);
        Assert.Equal(label, answer.Label);
        Assert.Equal(label, answer.Probabilities.MaxBy(probability => probability.Value).Key);
        Assert.Equal(["blame", "praise"], answer.Probabilities.Keys.Order());
        Assert.Equal(1, answer.Probabilities.Values.Sum(), 1e-5);
    }

    [Fact]
    public async Task Threads_at_once_get_the_answers_that_the_model_gives_one_after_the_other()
    {
        using PredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput> engine =
            new MLContext().Model.CreatePredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>(service.Model);
        SentimentModel.ModelInput[] sentences = [.. SentimentService.Sentences()];
        (string Label, Dictionary<string, float> Probabilities)[] expected = [.. sentences.Select(sentence =>
        {
            SentimentModel.ModelOutput output = engine.Predict(sentence);
            return (output.PredictedLabel, SentimentModel.GetSortedScoresWithLabels(output, engine.OutputSchema).ToDictionary());
        })];
        // Answers that are all the same would say nothing of whose is whose.
        Assert.True(expected.Select(answer => answer.Probabilities["praise"]).Distinct().Count() > sentences.Length / 2);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < RequestsOfAThread; i++)
            {
                int which = (7 * thread + i) % sentences.Length;
                PredictResponse answer = await service.Predict(sentences[which].Text);
                Assert.Equal(expected[which].Label, answer.Label);
                Assert.Equal(expected[which].Probabilities, answer.Probabilities.ToDictionary());
            }
        }, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("a text")]
    [InlineData("""{"text": """)]
    [InlineData("""{"text": null}""")]
    [InlineData("""{"text": ""}""")]
    [InlineData("""{"text": " \t\n"}""")]
    [InlineData("""{"text": 5}""")]
    [InlineData("""{"text": ["good"]}""")]
    [InlineData("""{"text": "\ud800"}""")]
    public Task A_body_without_a_text_is_the_fault_of_who_asks(string body) => AssertProblem(HttpStatusCode.BadRequest, body);

    [Fact]
    public async Task A_text_may_be_as_long_as_is_said_and_no_longer()
    {
        Assert.NotNull(await service.Predict(new string('a', PredictRequest.MaximumTextLength)));
        string request = JsonSerializer.Serialize(new { text = new string('a', PredictRequest.MaximumTextLength + 1) });
        JsonElement problem = await AssertProblem(HttpStatusCode.BadRequest, request);
        Assert.Contains("maximum length of 2000", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_body_that_says_it_is_no_JSON_is_told_so() => AssertProblem(HttpStatusCode.UnsupportedMediaType, "good", "text/plain");

    [Theory]
    [InlineData("!!!")]
    [InlineData("Qwertz uiop?")]
    [InlineData("很好 👍")]
    public async Task A_text_without_a_word_that_the_model_knows_has_an_answer(string text) =>
        Assert.Equal(1, (await service.Predict(text)).Probabilities.Values.Sum(), 1e-5);

    [Fact]
    public async Task It_is_healthy() =>
        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health", TestContext.Current.CancellationToken));

    [Fact]
    public async Task Without_a_file_the_model_is_trained_and_kept()
    {
        string path = Path.Combine(_folder, "models", "sentiment.zip");
        await using (SentimentService.Build(path)) { }
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, before);
        await using (SentimentService.Build(path)) { }
        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void A_file_that_is_no_model_ends_the_start_and_stays()
    {
        string path = Path.Combine(_folder, "none.zip");
        File.WriteAllText(path, "no model");
        Assert.Throws<FormatException>(() => SentimentService.Build(path));
        Assert.Equal("no model", File.ReadAllText(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The answer is a problem in the form of RFC 9457, with the status and what is wrong.</summary>
    private async Task<JsonElement> AssertProblem(HttpStatusCode status, string body, string mediaType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        using HttpResponseMessage response = await service.Client.PostAsync("/predict", content, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        bool saysWhy = problem.TryGetProperty("errors", out _) || problem.TryGetProperty("detail", out _);
        Assert.True(status != HttpStatusCode.BadRequest || saysWhy, problem.GetRawText());
        return problem;
    }
}
