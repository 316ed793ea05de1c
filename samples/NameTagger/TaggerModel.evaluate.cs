// Measures the model, beside what needs no network.
using Microsoft.ML;
using MlNetRecurrent;

namespace NameTagger;

public static partial class TaggerModel
{
    /// <summary>The names that the model finds in the test sentences: a name counts if its type and both ends are right.</summary>
    public static EntityMetrics Evaluate(MLContext mlContext, ITransformer model) =>
        mlContext.MulticlassClassification.EvaluateEntities(model.Transform(mlContext.Data.LoadFromEnumerable(Sentences.ForTests)));

    /// <summary>The names that tags from elsewhere find, as those of a baseline.</summary>
    public static EntityMetrics Evaluate(MLContext mlContext, Answers answers)
    {
        InputOutputColumnPair[] columns = [new("Label", nameof(Answer.Tags)), new("PredictedLabel", nameof(Answer.PredictedTags))];
        IDataView data = mlContext.Data.LoadFromEnumerable(answers.Sentences);
        // Both columns have the keys of all tags, so that keys mean the same in both.
        IEnumerable<string> tags = answers.Sentences.SelectMany(answer => answer.Tags).Distinct();
        IDataView keyData = mlContext.Data.LoadFromEnumerable(tags.Select(tag => new { Tag = tag }));
        ITransformer keys = mlContext.Transforms.Conversion.MapValueToKey(columns, keyData: keyData).Fit(data);
        return mlContext.MulticlassClassification.EvaluateEntities(keys.Transform(data));
    }

    /// <summary>The tags of the test sentences as the model predicts them.</summary>
    public static Answers GetAnswers(MLContext mlContext, ITransformer model)
    {
        IDataView scored = model.Transform(mlContext.Data.LoadFromEnumerable(Sentences.ForTests));
        return Collect(mlContext.Data.CreateEnumerable<ModelOutput>(scored, reuseRowObject: false).Select(output => output.PredictedLabel));
    }

    /// <summary>The tags of the test sentences as a baseline predicts them.</summary>
    public static Answers GetAnswers(Baseline baseline) =>
        Collect(Sentences.ForTests.Select(sentence => baseline.Predict(sentence.Sentence)));

    private static Answers Collect(IEnumerable<string[]> predicted) => new(
    [
        .. Sentences.ForTests.Zip(predicted, (sentence, tags) => new Answer
        {
            Words = Words.Split(sentence.Sentence),
            Tags = Words.Split(sentence.Tags),
            PredictedTags = tags,
        }),
    ]);
}
