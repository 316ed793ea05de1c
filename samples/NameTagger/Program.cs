// Learns from generated sentences to find the names of persons and places, and is tested on sentences and names that are new to it.
using Microsoft.ML;
using MlNetRecurrent;
using NameTagger;
using Samples.Shared;
using Spectre.Console;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

// The tagger that is saved, and two that lack a part of it.
IDataView data = TaggerModel.LoadTrainingSentences(mlContext);
ITransformer[] models =
[
    TaggerModel.RetrainModel(mlContext, data, useCharacters: false, useCrf: false),
    TaggerModel.RetrainModel(mlContext, data, useCharacters: true, useCrf: false),
    TaggerModel.RetrainModel(mlContext, data),
];
TaggerModel.SaveModel(mlContext, models[^1], data, TaggerModel.MLNetModelPath);

// How good they are, beside the most frequent tag of each word.
IReadOnlySet<string> vocabulary = TaggerModel.Vocabulary(Sentences.ForTraining);
Answers[] answers =
[
    TaggerModel.GetAnswers(new Baseline(Sentences.ForTraining, vocabulary)),
    .. models.Select(model => TaggerModel.GetAnswers(mlContext, model)),
];
EntityMetrics[] metrics =
    [TaggerModel.Evaluate(mlContext, answers[0]), .. models.Select(model => TaggerModel.Evaluate(mlContext, model))];
var table = new Table().AddColumns(
    $"{metrics[0].Support} names in {Sentences.ForTests.Length} new sentences", "most frequent tag", "words", "+ characters", "+ CRF");
Row("F1 of all names", metrics.Select(metric => metric.F1));
Row("F1 of persons", metrics.Select(metric => Of(metric, Tags.Person).F1));
Row("F1 of places", metrics.Select(metric => Of(metric, Tags.Place).F1));
Row("accuracy of all words", answers.Select(answer => answer.Accuracy(_ => true)));
Row("of ambiguous words", answers.Select(answer => answer.Accuracy(Words.Ambiguous.Contains)));
Row("of unknown words", answers.Select(answer => answer.Accuracy(word => !vocabulary.Contains(word))));
table.AddRow(["sentences with forbidden tags", .. answers.Select(answer => $"{answer.Forbidden}")]);
Tables.Write(table);
Console.WriteLine(metrics[^1].GetFormattedTable());

// The model that was saved, loaded and asked.
string[] sentences =
[
    "paris came back from new paris with a rose for rose blackwell",
    "will will meet grace in reading on the first of may",
    "may we eat turkey in turkey asked chelsea",
    "jordan has never been to jordan but austin was born in port austin",
    "the bill that bill paid in bath was for the bath",
    "zarquon gromson took the train from blefusbury to lake mordor",
];
foreach (string sentence in sentences)
    Console.WriteLine($"{sentence}: {string.Join(", ", TaggerModel.FindNames(sentence).Select(name => $"{name.Name} ({name.Type})"))}");
var asked = new TaggerModel.ModelInput { Sentence = "will paris be in new paris" };
foreach ((string word, IOrderedEnumerable<KeyValuePair<string, float>> tags) in TaggerModel.PredictAllLabels(asked))
    Console.WriteLine($"  {word,-8}{string.Join(", ", tags.Take(3).Select(tag => $"{tag.Key} {tag.Value:P0}"))}");

Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), answers[^1].Confusion(), Tags.Types);
Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", LearningCurve.Of("+ CRF", models[^1]));
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where a part of the tagger does not pay.
bool[] pays = [.. metrics.Zip(metrics.Skip(1), (without, with) => with.F1 > without.F1)];
return pays.All(pay => pay) && answers[^1].Forbidden == 0 ? 0 : 1;

void Row(string name, IEnumerable<double> values) => table.AddRow([name, .. values.Select(value => $"{value:P1}")]);

static EntityTypeMetrics Of(EntityMetrics metrics, string type) => metrics.PerType.Single(one => one.Name == type);
