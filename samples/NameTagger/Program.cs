// Learns from generated sentences which words name persons and which name places, and is tested on sentences and names that are new to it.
using Microsoft.ML;
using MlNetRecurrent;
using NameTagger;
using Samples.Shared;
using Spectre.Console;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

(ITransformer model, LearningCurve curve) =
    TrainingBars.Train("LSTM in both directions", progress => TaggerModel.Train(TaggerModel.ModelPath, progress));

// How good it is, beside the most frequent tag of each word.
SequenceTaggingMetrics metrics = TaggerModel.Evaluate(mlContext, model);
IReadOnlySet<string> vocabulary = TaggerModel.Vocabulary(Sentences.ForTraining);
Answers baseline = TaggerModel.Answer(new Baseline(Sentences.ForTraining, vocabulary)), network = TaggerModel.Answer(mlContext, model);
string words = $"{metrics.NumberOfSteps} words of {metrics.NumberOfSequences} new sentences";
var table = new Table().AddColumns(words, "most frequent tag", "LSTM");
Row("accuracy", baseline.Accuracy, metrics.TokenAccuracy);
Row("of words that are ambiguous", Ambiguous(baseline), Ambiguous(network));
Row("of words that are unknown", Unknown(baseline), Unknown(network));
foreach (SequenceLabelMetrics label in metrics.PerLabel)
{
    Row($"{label.Name}: precision", baseline.Precision(label.Name), label.Precision);
    Row($"{label.Name}: recall", baseline.Recall(label.Name), label.Recall);
}
AnsiConsole.Write(table);

// The model that was saved, loaded and asked.
string[] sentences =
[
    "paris came back from paris with a rose for rose",
    "will will meet grace in reading on the first of may",
    "may we eat turkey in turkey asked chelsea",
    "jordan has never been to jordan but austin was born in austin",
    "the bill that bill paid in bath was for the bath",
    "zarquon took the gromble from blefuscu to mordor",
];
foreach (string sentence in sentences)
    AnsiConsole.MarkupLine(string.Join(' ', TaggerModel.Predict(sentence).Select(InColor)));
foreach ((string word, IOrderedEnumerable<KeyValuePair<string, float>> tags) in TaggerModel.PredictAllLabels("will paris be in paris"))
{
    if (vocabulary.Contains(word))
        Console.WriteLine($"  {word,-8}{string.Join(", ", tags.Select(tag => $"{tag.Key} {tag.Value:P0}"))}");
}

Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), network.Confusion(), Tags.All);
Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", curve);
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where context does not pay.
return metrics.TokenAccuracy > baseline.Accuracy + 0.02
    && Unknown(network) > Unknown(baseline)
    && metrics.PerLabel.All(label => label.F1 > baseline.F1(label.Name))
    ? 0 : 1;

void Row(string what, double ofBaseline, double ofNetwork) => table.AddRow(what, $"{ofBaseline:P1}", $"{ofNetwork:P1}");

double Ambiguous(Answers answers) => answers.For(Words.Ambiguous.Contains).Accuracy;

double Unknown(Answers answers) => answers.For(word => !vocabulary.Contains(word)).Accuracy;

static string InColor((string Word, string Tag) word) => word.Tag switch
{
    Tags.Person => $"[green]{Markup.Escape(word.Word)}/person[/]",
    Tags.Place => $"[blue]{Markup.Escape(word.Word)}/place[/]",
    _ => Markup.Escape(word.Word),
};
