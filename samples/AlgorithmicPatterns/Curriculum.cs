using Microsoft.ML;
using MlNetRecurrent;

namespace AlgorithmicPatterns;

/// <summary>Trains a network on words that grow longer from lesson to lesson, and keeps what was best on words up to twice as long: who has learnt to count is right about those too.</summary>
public sealed class Curriculum(MLContext ml, Pattern pattern, Contestant contestant, int lessons, Action lessonDone)
{
    private const int Smallest = 2, LargestTrained = 10, LargestValidated = 19;

    private const int WordsOfALesson = 1000;

    /// <summary>The network of the best lesson, and how good it was on the words of all n below 20.</summary>
    public (RecurrentTransformer Model, Exam Validation) Run(int seed)
    {
        var random = new Random(seed);
        RecurrentTransformer? model = null, best = null;
        Exam? validation = null;
        for (int lesson = 0; lesson < lessons; lesson++)
        {
            int largest = Math.Min(LargestTrained, Smallest + 1 + lesson);
            IDataView words = SymbolSequence.View(ml, pattern, Enumerable.Range(0, WordsOfALesson).Select(_ => random.Next(Smallest, largest + 1)));
            RecurrentTrainer trainer = Trainer(random.Next());
            model = model is null ? trainer.Fit(words) : trainer.Fit(words, model);
            Exam exam = Exam.Take(ml, model, pattern, Smallest, LargestValidated);
            if (largest == LargestTrained && exam.IsBetterThan(validation))
                (best, validation) = (model, exam);
            lessonDone();
        }
        return (best!, validation!);
    }

    private RecurrentTrainer Trainer(int seed) => ml.MulticlassClassification.Trainers.SequenceTagger(new()
    {
        Layers = [contestant.Layer],
        HasOutputBias = false,
        NormalizeFeatures = false,
        NumberOfEpochs = 1,
        LearningRate = 0.01f,
        Seed = seed,
        StackActionsColumnName = contestant.Layer is StackLayer ? StackPicture.Column : null,
    });
}
