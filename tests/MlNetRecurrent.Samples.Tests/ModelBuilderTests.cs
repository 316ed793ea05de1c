using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Tests;
using SentimentAnalysis;

namespace MlNetRecurrent.Samples.Tests;

/// <summary>
/// The model of a sample has the members that Model Builder 17.18 generates, so that a program written for one of its models compiles.
/// </summary>
public sealed class ModelBuilderTests : IDisposable
{
    private const string InputColumns = "String inputDataFilePath, Char separatorChar, Boolean hasHeader, Boolean allowQuoting";

    private static readonly string[] _constants =
        ["String RetrainFilePath", "Char RetrainSeparatorChar", "Boolean RetrainHasHeader", "Boolean RetrainAllowQuoting"];

    private static readonly string[] _methods =
    [
        $"Void Train(String outputModelPath, {InputColumns})",
        $"IDataView LoadIDataViewFromFile(MLContext mlContext, {InputColumns})",
        "Void SaveModel(MLContext mlContext, ITransformer model, IDataView data, String modelSavePath)",
        "ITransformer RetrainModel(MLContext mlContext, IDataView trainData)",
        "IEstimator`1 BuildPipeline(MLContext mlContext)",
        PredictMethod,
    ];

    // A tagger returns such a list for each word.
    private static readonly string[] _methodsOfClasses =
    [
        "PredictAllLabels(ModelInput input)",
        "GetSortedScoresWithLabels(ModelOutput result)",
        "GetLabels(ModelOutput result)",
    ];

    /// <summary>A forecast of many rows has no engine: it needs the rows that follow.</summary>
    private const string Forecast = "EnergyForecast", PredictMethod = "ModelOutput Predict(ModelInput input)";

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    /// <summary>The samples with the files of Model Builder, and whether they predict classes.</summary>
    public static TheoryData<string, bool> Samples => new()
    {
        { "AlgorithmicPatterns", true },
        { "CompareCells", true },
        { "NameTagger", true },
        { "SeattleWeather", true },
        { "SentimentAnalysis", true },
        { "SpokenDigits", true },
        { "TemperatureRegression", false },
    };

    [Theory, MemberData(nameof(Samples))]
    public void It_has_the_methods_of_the_template(string sample, bool predictsClasses)
    {
        string[] methods = [.. ModelOf(sample).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(Describe)];
        Assert.All(_methods, method => Assert.Contains(method, methods));
        Assert.All(_methodsOfClasses, method => Assert.Equal(predictsClasses, methods.Any(one => one.EndsWith(" " + method, default))));
    }

    [Fact]
    public void A_forecast_has_the_methods_of_the_training()
    {
        string[] methods = [.. ModelOf(Forecast).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(Describe)];
        Assert.All(_methods.Where(method => method != PredictMethod), method => Assert.Contains(method, methods));
        Assert.Contains("ModelOutput[] Predict(IEnumerable`1 rows)", methods);
    }

    [Theory, MemberData(nameof(Samples)), InlineData(Forecast, false)]
    public void It_trains_on_the_file_that_its_constants_describe(string sample, bool _)
    {
        Type model = ModelOf(sample);
        FieldInfo[] constants = [.. model.GetFields().Where(field => field.IsLiteral && field.Name.StartsWith("Retrain", default))];
        Assert.Equal(_constants, constants.Select(field => $"{field.FieldType.Name} {field.Name}"));
        Assert.Equal(
            constants.Select(field => field.GetRawConstantValue()),
            model.GetMethod("Train")!.GetParameters().Skip(1).Select(parameter => parameter.DefaultValue));
    }

    [Theory, MemberData(nameof(Samples))]
    public void It_keeps_an_engine_for_the_file_of_the_model(string sample, bool _)
    {
        Type model = ModelOf(sample), input = model.GetNestedType("ModelInput")!, output = model.GetNestedType("ModelOutput")!;
        Type engine = typeof(Lazy<>).MakeGenericType(typeof(PredictionEngine<,>).MakeGenericType(input, output));
        Assert.Equal(engine, model.GetField("PredictEngine")!.FieldType);
        Assert.Equal(typeof(string), model.GetField("MLNetModelPath")!.FieldType);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Its_input_and_its_output_name_their_columns(string sample, bool predictsClasses)
    {
        Type model = ModelOf(sample), output = model.GetNestedType("ModelOutput")!;
        Assert.All(
            model.GetNestedType("ModelInput")!.GetProperties().Concat(output.GetProperties()),
            property => Assert.NotNull(property.GetCustomAttribute<ColumnNameAttribute>()));
        Assert.NotNull(output.GetProperty("Score"));
        Assert.Equal(predictsClasses, output.GetProperty("PredictedLabel") is not null);
    }

    [Fact]
    public void Each_sample_with_files_of_Model_Builder_is_compared()
    {
        IEnumerable<string> samples =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.training.cs", SearchOption.AllDirectories)
            select Path.GetFileName(Path.GetDirectoryName(file)!);
        Assert.Equal(samples.Order(), Samples.Select(row => row.Data.Item1).Append(Forecast).Order());
    }

    [Fact]
    public void A_sample_is_trained_again_on_another_file_of_the_same_columns()
    {
        string file = Path.Combine(_folder, "reviews.csv"), model = Path.Combine(_folder, "model.zip");
        File.WriteAllLines(file, SentimentService.Sentences().Select(row => $"mine,{row.Sentiment},\"{row.Text}\""));
        SentimentModel.Train(model, file, separatorChar: ',', hasHeader: false, allowQuoting: true);

        var mlContext = new MLContext();
        using var engine = mlContext.Model.CreatePredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>(
            mlContext.Model.Load(model, out _));
        Assert.Equal("praise", engine.Predict(new() { Text = "The soup is good." }).PredictedLabel);
        Assert.Equal("blame", engine.Predict(new() { Text = "The soup is bad." }).PredictedLabel);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The class with the methods, in the program that these tests were built with.</summary>
    private static Type ModelOf(string sample)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Path.Combine(Repository.Root, "samples", sample, "bin", configuration, "net10.0", sample + ".dll");
        return Assert.Single(Assembly.LoadFrom(program).GetExportedTypes(), type => type.GetNestedType("ModelInput") is not null);
    }

    private static string Describe(MethodInfo method) =>
        $"{method.ReturnType.Name} {method.Name}("
        + string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}")) + ")";
}
