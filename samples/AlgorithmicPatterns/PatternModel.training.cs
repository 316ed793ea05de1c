using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;

namespace AlgorithmicPatterns;

public static partial class PatternModel
{
    /// <summary>The n of the shortest words, and of the longest that are learned from.</summary>
    public const int Smallest = 2, LargestTrained = 10;

    private const int WordsOfALesson = 1000;

    /// <summary>
    /// Trains on words that grow longer from lesson to lesson. Each lesson continues with the model of the one before. Keeps the model
    /// that was best on words up to twice as long: a network that has learned to count is right about those too.
    /// </summary>
    public static (ITransformer Model, Exam Validation) Train(
        MLContext mlContext, Pattern pattern, RecurrentLayer layer, int lessons, int seed, Action lessonDone)
    {
        var random = new Random(seed);
        ITransformer? model = null, best = null;
        Exam? validation = null;
        for (int lesson = 0; lesson < lessons; lesson++)
        {
            int largest = Math.Min(LargestTrained, Smallest + 1 + lesson);
            IEnumerable<int> numbers = Enumerable.Range(0, WordsOfALesson).Select(_ => random.Next(Smallest, largest + 1));
            IDataView words = LoadWords(mlContext, pattern, numbers);
            RecurrentOptions options = Options(layer, random.Next());
            model = model is null ? BuildPipeline(mlContext, options).Fit(words) : RetrainModel(mlContext, words, options, model);
            Exam exam = Evaluate(mlContext, model, pattern, LargestValidated);
            if (largest == LargestTrained && exam.IsBetterThan(validation))
                (best, validation) = (model, exam);
            lessonDone();
        }
        return (best!, validation!);
    }

    /// <summary>Goes on with the network of a model on new data; all else in the model stays as it is.</summary>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, RecurrentOptions options, ITransformer previousModel)
    {
        ITransformer[] parts = [.. (IEnumerable<ITransformer>)previousModel];
        int place = Array.FindIndex(parts, part => part is RecurrentTransformer);
        IDataView symbols = new TransformerChain<ITransformer>(parts[..place]).Transform(trainData);
        RecurrentTrainer trainer = mlContext.MulticlassClassification.Trainers.SequenceTagger(options);
        parts[place] = trainer.Fit(symbols, (RecurrentTransformer)parts[place]);
        return new TransformerChain<ITransformer>(parts);
    }

    /// <summary>A word becomes its symbols, each a vector of zeros and a one; the label of each is the symbol that follows.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
        mlContext.Transforms.TokenizeIntoCharacters("Symbols", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Conversion.MapKeyToVector("Features", "Symbols"))
            .Append(mlContext.Transforms.TokenizeIntoCharacters("Label", nameof(ModelInput.Next)))
            .Append(mlContext.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedNext), "PredictedLabel"));

    /// <summary>The words of a pattern that count to the numbers.</summary>
    public static IDataView LoadWords(MLContext mlContext, Pattern pattern, IEnumerable<int> numbers) =>
        mlContext.Data.LoadFromEnumerable(numbers.Select(n => new ModelInput { Text = pattern.Word(n), Next = pattern.Next(n) }).ToArray());

    private static RecurrentOptions Options(RecurrentLayer layer, int seed) => new()
    {
        Layers = [layer],
        HasOutputBias = false,
        NormalizeFeatures = false,
        NumberOfEpochs = 1,
        LearningRate = 0.01f,
        Schedule = LearningRateSchedule.Constant,
        Seed = seed,
        StackActionsColumnName = layer is StackLayer ? StackPicture.Column : null,
    };
}
