using Microsoft.ML;
using MlNetRecurrent;

namespace NameTagger;

public static partial class TaggerModel
{
    /// <summary>How good the tags of the test sentences are.</summary>
    public static SequenceTaggingMetrics Evaluate(MLContext mlContext, ITransformer model) =>
        mlContext.MulticlassClassification.EvaluateSequences(model.Transform(mlContext.Data.LoadFromEnumerable(Sentences.ForTests)));

    /// <summary>The tags of the test sentences, word by word, as the model gives them.</summary>
    public static Answers Answer(MLContext mlContext, ITransformer model)
    {
        IDataView scored = model.Transform(mlContext.Data.LoadFromEnumerable(Sentences.ForTests));
        return Collect(mlContext.Data.CreateEnumerable<ModelOutput>(scored, reuseRowObject: false).Select(output => output.PredictedTags));
    }

    /// <summary>The tags of the test sentences, word by word, as a baseline gives them.</summary>
    public static Answers Answer(Baseline baseline) => Collect(Sentences.ForTests.Select(sentence => baseline.Predict(sentence.Sentence)));

    private static Answers Collect(IEnumerable<string[]> predicted) =>
        new(Sentences.ForTests
            .Zip(predicted, (sentence, tags) => Words.Split(sentence.Sentence).Zip(Words.Split(sentence.Tags), tags))
            .SelectMany(words => words));
}
