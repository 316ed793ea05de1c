// Trains lesson by lesson, which is not in Model Builder's files.
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
    public static (ITransformer Model, Exam Validation) TrainInLessons(
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

    /// <summary>The words of a pattern that count to the numbers.</summary>
    public static IDataView LoadWords(MLContext mlContext, Pattern pattern, IEnumerable<int> numbers) =>
        mlContext.Data.LoadFromEnumerable(ToRows(pattern, numbers).ToArray());

    /// <summary>Writes words of a pattern, as they are learned from, into the file that <see cref="Train"/> reads.</summary>
    public static void WriteWords(Pattern pattern)
    {
        var random = new Random(1);
        IEnumerable<int> numbers = Enumerable.Range(0, WordsOfALesson).Select(_ => random.Next(Smallest, LargestTrained + 1));
        IEnumerable<string> lines = ToRows(pattern, numbers).Select(row => $"{row.Text}{RetrainSeparatorChar}{row.Next}");
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, RetrainFilePath), lines.Prepend($"text{RetrainSeparatorChar}next"));
    }

    private static IEnumerable<ModelInput> ToRows(Pattern pattern, IEnumerable<int> numbers) =>
        numbers.Select(n => new ModelInput { Text = pattern.Word(n), Next = pattern.Next(n) });
}
